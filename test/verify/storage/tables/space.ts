import { type CheckTable, changed } from '../harness.ts';

const TiB = 1024 ** 4;
const volumes = [
  {
    Name: 'Cluster Virtual Disk (Volume1)',
    'SharedVolumeInfo.FriendlyVolumeName': ['C:\\ClusterStorage\\Volume1'],
    'SharedVolumeInfo.Partition.Size': [2 * TiB],
    'SharedVolumeInfo.Partition.FreeSpace': [1.5 * TiB],
  },
];
const pools = [
  { FriendlyName: 'S2D', IsPrimordial: false, Size: 16 * TiB, AllocatedSize: 4 * TiB },
  { FriendlyName: 'Primordial', IsPrimordial: true, Size: TiB, AllocatedSize: TiB },
];
const disks = [
  { Usage: 'AutoSelect', Size: 2 * TiB },
  { Usage: 'Journal', Size: 6 * TiB },
];
const fixed = [{ FriendlyName: 'Volume1', ProvisioningType: 'Fixed', Size: 2 * TiB, NumberOfDataCopies: 2 }];
const thin = changed(fixed, { ProvisioningType: 1, Size: 9 * TiB });
const withFree = (free: number) => ({
  'Get-ClusterSharedVolume': changed(volumes, { 'SharedVolumeInfo.Partition.FreeSpace': free }),
});
const allocated = (bytes: number) => ({ 'Get-StoragePool': changed(pools, { AllocatedSize: bytes }) });

/** Volume and pool: full and not, fixed and thin. */
export const spaceTable: CheckTable = {
  side: 'server',
  check: 'STO-20',
  healthy: {
    'Get-ClusterSharedVolume': volumes,
    'Get-SmbShare': [{ Name: 'images', ScopeName: 'SOFS1', Path: 'C:\\ClusterStorage\\Volume1\\images' }],
    'Get-StoragePool': pools,
    'Get-PhysicalDisk': disks,
    'Get-VirtualDisk': fixed,
    'Get-ClusterNode': [{ Name: 'S2D-1' }, { Name: 'S2D-2' }],
  },
  mayBeEmpty: ['Get-StoragePool', 'Get-PhysicalDisk', 'Get-VirtualDisk', 'Get-ClusterNode'],
  mayFail: ['Get-StoragePool', 'Get-PhysicalDisk', 'Get-VirtualDisk', 'Get-ClusterNode'],
  shown: ['NumberOfDataCopies', 'FriendlyName', 'Get-VirtualDisk.Size'],
  cases: [
    {
      title: 'nearly full',
      answers: withFree(0.25 * TiB),
      verdict: 'warn',
      message: /^12\.5 % of the volume is free/,
    },
    { title: 'full', answers: withFree(0.1 * TiB), verdict: 'fail', remedy: /Resize-VirtualDisk/ },
    {
      title: 'full, by limits of the site',
      answers: withFree(0.1 * TiB),
      share: { free: { warn: 5, fail: 1 } },
      verdict: 'pass',
    },
    { title: '16: a pool over 70 %, reserve kept', answers: allocated(12 * TiB), verdict: 'pass' },
    {
      title: '16: below the reserve',
      answers: allocated(12.5 * TiB),
      verdict: 'warn',
      message: /3584 GiB of the pool S2D are left, and a repair needs 4096/,
      remedy: /add drives, or make a smaller volume/,
    },
    {
      title: '16: thin, below the reserve',
      answers: { ...allocated(12.5 * TiB), 'Get-VirtualDisk': thin },
      verdict: 'warn',
      remedy: /Optimize-Volume -ReTrim/,
    },
    {
      title: '16: thin, promised more than there is',
      answers: { 'Get-VirtualDisk': thin },
      verdict: 'warn',
      message: /may grow to 18432 GiB, and it has 16384/,
    },
    {
      title: '16: thin, and room for all',
      answers: { 'Get-VirtualDisk': changed(fixed, { ProvisioningType: 'Thin' }) },
      verdict: 'pass',
    },
    {
      title: 'a server in no cluster',
      share: { kind: 'smb', path: '\\\\sofs1-1\\images' },
      answers: {
        'Get-SmbShare': [{ Name: 'images', ScopeName: '*', Path: 'D:\\images' }],
        'Get-Volume': [{ Size: 100, SizeRemaining: 5 }],
      },
      verdict: 'fail',
      message: /^5\.0 % of the volume/,
    },
  ],
};
