import { all, type Change, fileSystem, host } from '../change/change.ts';
import type { ProgramAnswer } from '../model/host.ts';
import type { StorageFault } from './storage-fault.ts';

const program =
  (answer: ProgramAnswer): Change =>
  (cluster) =>
    host({ programs: [answer, ...cluster.host.programs] })(cluster);
const shortNames = (...lines: readonly string[]): Change =>
  program({ command: 'fsutil 8dot3name query', exitCode: 0, stdout: [...lines, ''].join('\r\n') });
const ntfs = fileSystem({ FileSystemType: 'CSVFS_NTFS' });

/** STO-33 to STO-35: what the volume and the node do to files. */
export const fileFaults = {
  'sto-33-short-names': {
    effect: 'the volume makes 8.3 names',
    change: all(
      ntfs,
      shortNames(
        'The volume state is: 0 (8dot3 name creation is ENABLED).',
        'The registry state is: 2 (Per volume setting - the default).',
        '',
        'Based on the above two settings, 8dot3 name creation is ENABLED on C:\\ClusterStorage\\Volume1',
      ),
    ),
    verdicts: { 'STO-33': 'warn' },
  },
  'sto-33-no-short-names': {
    effect: 'the volume makes no 8.3 names, though the registry leaves it to each volume',
    change: all(
      ntfs,
      shortNames(
        'The volume state is: 1 (8dot3 name creation is DISABLED).',
        'The registry state is: 2 (Per volume setting - the default).',
        '',
        'Based on the above two settings, 8dot3 name creation is DISABLED on C:\\ClusterStorage\\Volume1',
      ),
    ),
    verdicts: { 'STO-33': 'pass' },
  },
  'sto-33-german': {
    effect: 'the volume makes no 8.3 names, and says so in German',
    change: all(
      ntfs,
      shortNames(
        'Der Volumestatus lautet: 1 (8.3-Namenerstellung ist DEAKTIVIERT).',
        'Der Registrierungsstatus lautet: 2 (Einstellung pro Volume - Standard).',
      ),
    ),
    verdicts: { 'STO-33': 'pass' },
  },
  'sto-33-deduplicated': {
    effect: 'the volume is deduplicated',
    change: fileSystem({ DedupMode: 'GeneralPurpose' }),
    verdicts: { 'STO-33': 'warn' },
  },
  'sto-34-no-exclusion': {
    effect: 'the virus scanner looks into the folder of the images',
    change: host({ exclusions: [] }),
    verdicts: { 'STO-34': 'warn' },
  },
  'sto-35-short-paths': {
    effect: 'Windows takes no path of more than 260 characters, and the folder is deep',
    change: host({ longPaths: false }),
    paths: [`\\\\SOFS1.example.org\\images\\${'store\\'.repeat(34)}x`],
    verdicts: { 'STO-35': 'warn' },
  },
} satisfies Record<string, StorageFault>;
