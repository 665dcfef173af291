import { skip } from '../../../check.ts';
import { askVolumes, findVolume, info, infoOf } from '../cluster/find-volume.ts';
import { notClustered } from '../cluster/members.ts';
import { type Answers, cmdlet, type StorageCheck } from '../model/check.ts';
import { judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import {
  errorOf,
  namedOf,
  numberOf,
  type Row,
  rowsIfAny,
  rowsOf,
  same,
  tableOf,
  textOf,
} from '../model/read.ts';

const types = { 14: 'NTFS', 15: 'ReFS', 32768: 'CSVFS_NTFS', 32769: 'CSVFS_ReFS' };
const dedup = { 0: 'Disabled', 1: 'GeneralPurpose', 2: 'HyperV', 3: 'Backup', 4: 'NotAvailable' };

/** What the volume does to files: short names, compression, deduplication. */
export const fileSystem: StorageCheck = {
  sides: ['server'],
  per: 'share',
  except: notClustered,
  id: 'STO-33',
  title: 'look at short names, compression and deduplication of the volume',
  why: 'Continuous availability asks for files that are not compressed and have no 8.3 names; deduplication reads every image again.',
  remedy: 'fsutil 8dot3name set VOLUME 1; compact /u /s:FOLDER; Disable-DedupVolume',
  optional: ['names', 'folder'],
  ask: (subject) => ({
    ...askVolumes(subject, `${info}.Partition.Name`),
    fileSystems: cmdlet('Get-Volume', ['Path', 'FileSystemType', 'DedupMode']),
  }),
  askMore(answers, subject) {
    const found = findVolume(answers, subject);
    if ('outcome' in found) return {};
    const words = ['8dot3name', 'query', found.mount];
    return {
      names: { call: 'Invoke-Process', file: 'fsutil.exe', arguments: words, timeout: 60 },
      folder: cmdlet('Get-Item', ['Attributes'], { Path: found.folder }),
    };
  },
  verdict(answers, subject) {
    const found = findVolume(answers, subject);
    if ('outcome' in found) return found.outcome;
    const name = infoOf(found.row, 'Partition.Name');
    const row = rowsOf(answers, 'fileSystems').find((each) => same(textOf(each, 'Path'), name));
    if (!row)
      return {
        verdict: 'fail',
        message: `the node does not know the file system of ${found.name}`,
        remedy: 'Get-Volume',
      };
    const type = namedOf(row, 'FileSystemType', types);
    const mode = namedOf(row, 'DedupMode', dedup);
    const squeezed = warnIf(
      !/^(Disabled|NotAvailable)$/.test(mode),
      `deduplication is on (${mode})`,
      `Disable-DedupVolume -Volume ${quoted(found.mount)}`,
    );
    const resilient = /ReFS$/.test(type);
    const compressed = !resilient && isCompressed(answers);
    const evidence = { fileSystem: type, dedup: mode, compressed };
    if (resilient && !squeezed)
      return skip(`${type} has no 8.3 names and no compression of NTFS, and deduplication is off`);
    const made = resilient ? false : shortNames(answers);
    if (made === undefined && !squeezed && !compressed)
      return skip(`fsutil does not say whether ${found.mount} makes 8.3 names`);
    const off = `fsutil 8dot3name set ${quoted(found.mount)} 1`;
    return judged(
      [
        warnIf(made === true, `${found.mount} makes 8.3 names`, off),
        warnIf(compressed, `${found.folder} is compressed`, `compact /u /s:${quoted(found.folder)}`),
        squeezed,
      ],
      `no 8.3 names, no compression, no deduplication (${type})`,
      evidence,
    );
  },
};

/** Whether NTFS compresses what is put into the folder; a node that does not say so has STO-21 and STO-14 for the reason. */
function isCompressed(answers: Answers): boolean {
  return rowsIfAny(answers, 'folder').some((row) =>
    textOf(row, 'Attributes').split(', ').includes('Compressed'),
  );
}

/**
 * Whether the volume makes 8.3 names, by the digits of fsutil in any language: of the registry 0 on everywhere, 1 off everywhere,
 * 2 as each volume says, 3 off but for the system volume; of the volume 0 on, 1 off. Undefined: it does not say.
 */
function shortNames(answers: Answers): boolean | undefined {
  if (errorOf(answers, 'names')) return undefined;
  const names: Row = tableOf(answers, 'names');
  if (numberOf(names, 'exitCode') !== 0) return undefined;
  const [volume, registry] = [...textOf(names, 'stdout').matchAll(/:\s*(\d)\b/g)].map(([, digit]) => digit);
  if (volume === undefined || registry === undefined) return undefined;
  return registry === '0' || (registry === '2' && volume === '0');
}
