import { type CheckTable, changed } from '../harness.ts';

const path = 'C:\\ClusterStorage\\Volume1\\images';
const shares = [{ Name: 'images', ScopeName: 'SOFS1', Path: path }];
const guid = '\\\\?\\Volume{6c1e6c1e-0001-4000-8000-5d5d5d5d5d5d}\\';
const volumes = [
  {
    Name: 'V1',
    'SharedVolumeInfo.FriendlyVolumeName': ['C:\\ClusterStorage\\Volume1'],
    'SharedVolumeInfo.Partition.Name': [guid],
  },
];
const ntfs = [{ Path: guid, FileSystemType: 'CSVFS_NTFS', DedupMode: 'Disabled' }];
const fsutil = (stdout: string, exitCode = 0) => ({
  'fsutil.exe': { exitCode, stdout, stderr: '', timedOut: false },
});
const english = (volume: number, registry: number) =>
  fsutil(
    `The volume state is: ${volume} (8dot3 name creation is X).\r\nThe registry state is: ${registry} (Per volume).\r\n`,
  );
const attributes = (Attributes: string) => [{ Attributes }];
const scanner = [{ ExclusionPath: ['C:\\ClusterStorage\\'], DisableRealtimeMonitoring: false }];

export const fileTables: readonly CheckTable[] = [
  {
    side: 'server',
    check: 'STO-33',
    healthy: {
      'Get-ClusterSharedVolume': volumes,
      'Get-SmbShare': shares,
      'Get-Volume': ntfs,
      ...english(1, 2),
      'Get-Item': attributes('Directory'),
    },
    mayBeEmpty: ['Get-Item'],
    mayFail: ['Get-Item'],
    cases: [
      {
        title: 'compressed',
        answers: { 'Get-Item': attributes('Directory, Compressed') },
        verdict: 'warn',
        message: /^C:\\ClusterStorage\\Volume1\\images is compressed$/,
        remedy: /^compact \/u \/s:C:\\ClusterStorage\\Volume1\\images$/,
      },
      {
        title: 'compressed, and fsutil says nothing',
        answers: { 'Get-Item': attributes('Directory, Compressed'), ...fsutil('Error', 1) },
        verdict: 'warn',
      },
      {
        title: '13: the volume makes them',
        answers: english(0, 2),
        verdict: 'warn',
        remedy: /^fsutil 8dot3name set C:\\ClusterStorage\\Volume1 1$/,
      },
      { title: '13: on everywhere', answers: english(1, 0), verdict: 'warn' },
      { title: '13: off everywhere', answers: english(0, 1), verdict: 'pass' },
      { title: '13: off but for the system', answers: english(0, 3), verdict: 'pass' },
      {
        title: '13: in German',
        answers: fsutil(
          'Der Volumestatus lautet: 1 (8.3-Namenerstellung ist DEAKTIVIERT).\r\nDer Registrierungsstatus lautet: 2 (Einstellung pro Volume).\r\n',
        ),
        verdict: 'pass',
      },
      {
        title: '13: the registry alone',
        answers: fsutil('The registry state is: 2 (Per volume setting).\r\n'),
        verdict: 'skip',
      },
      { title: '13: no answer', answers: fsutil('Error', 1), verdict: 'skip' },
      {
        title: '13: ReFS',
        answers: { 'Get-Volume': changed(ntfs, { FileSystemType: 32769 }), ...fsutil('Error', 1) },
        verdict: 'skip',
        message: /has no 8\.3 names/,
      },
      {
        title: 'deduplicated',
        answers: { 'Get-Volume': changed(ntfs, { DedupMode: 'GeneralPurpose' }) },
        verdict: 'warn',
        remedy: /Disable-DedupVolume/,
      },
      {
        title: 'ReFS, deduplicated',
        answers: { 'Get-Volume': changed(ntfs, { FileSystemType: 'CSVFS_ReFS', DedupMode: 1 }) },
        verdict: 'warn',
      },
    ],
  },
  {
    side: 'server',
    check: 'STO-34',
    healthy: { 'Get-MpPreference': scanner, 'Get-SmbShare': shares },
    cases: [
      {
        title: 'nothing is left alone',
        answers: { 'Get-MpPreference': [{ DisableRealtimeMonitoring: false }] },
        verdict: 'warn',
        remedy: /^Add-MpPreference -ExclusionPath C:\\ClusterStorage\\Volume1\\images$/,
      },
      {
        title: 'a folder that begins alike',
        answers: {
          'Get-MpPreference': changed(scanner, { ExclusionPath: 'C:\\ClusterStorage\\Volume1\\ima' }),
        },
        verdict: 'warn',
      },
      {
        title: 'the scanner is off',
        answers: { 'Get-MpPreference': [{ DisableRealtimeMonitoring: true }] },
        verdict: 'pass',
      },
      {
        title: 'another scanner',
        answers: { 'Get-MpPreference': undefined },
        verdict: 'skip',
        message: /no Get-MpPreference/,
      },
    ],
  },
  {
    side: 'client',
    check: 'STO-35',
    healthy: { 'Get-RegistryValue': { exists: true, type: 'DWord', value: 1 } },
    share: { path: `\\\\sofs1\\images\\${'x'.repeat(220)}` },
    anyName: true,
    cases: [
      {
        title: 'off, and deep',
        answers: { 'Get-RegistryValue': { exists: true, type: 'DWord', value: 0 } },
        verdict: 'warn',
        message: /272 characters, and long paths are off/,
        remedy: /LongPathsEnabled 1/,
      },
      {
        title: 'not set, and short',
        answers: { 'Get-RegistryValue': { exists: false } },
        share: { path: '\\\\sofs1\\images' },
        verdict: 'pass',
      },
    ],
  },
];
