import { type CheckTable, changed } from '../harness.ts';

const nodes = [{ Name: 'S2D-1' }, { Name: 'S2D-2' }];
const server = { side: 'server' } as const;
const folder = 'C:\\ClusterStorage\\Volume1\\images';
const shares = [{ Name: 'images', ScopeName: 'SOFS1', Path: folder }];
const volumes = ['Volume1', 'Volume2'].map((name) => ({
  Name: `Cluster Virtual Disk (${name})`,
  State: 'Online',
  OwnerNode: 'S2D-1',
  'SharedVolumeInfo.FriendlyVolumeName': [`C:\\ClusterStorage\\${name}`],
  'SharedVolumeInfo.FaultState': ['NoFaults'],
  'SharedVolumeInfo.MaintenanceMode': [false],
}));
const states = nodes.map(({ Name }) => ({
  Name: 'Cluster Virtual Disk (Volume1)',
  Node: Name,
  StateInfo: 'FileSystemRedirected',
  FileSystemRedirectedIOReason: 'FileSystemReFs',
  BlockRedirectedIOReason: 'NotBlockRedirected',
}));
const withState = (change: object) => ({ 'Get-ClusterSharedVolumeState': changed(states, change) });

export const volumeTables: readonly CheckTable[] = [
  {
    ...server,
    check: 'STO-14',
    healthy: { 'Get-ClusterSharedVolume': volumes, 'Get-SmbShare': shares },
    cases: [
      {
        title: 'another one is offline',
        answers: { 'Get-ClusterSharedVolume': changed(volumes, { State: 'Offline' }, 1) },
        verdict: 'pass',
      },
      {
        title: 'offline',
        answers: { 'Get-ClusterSharedVolume': changed(volumes, { State: 'Offline' }) },
        verdict: 'fail',
        remedy: /^Start-ClusterResource -Name 'Cluster Virtual Disk \(Volume1\)'$/,
      },
      {
        title: 'faulty',
        answers: {
          'Get-ClusterSharedVolume': changed(volumes, { 'SharedVolumeInfo.FaultState': 'NoDirectIO' }),
        },
        verdict: 'fail',
        message: /fault NoDirectIO/,
      },
      {
        title: 'in maintenance',
        answers: {
          'Get-ClusterSharedVolume': changed(volumes, { 'SharedVolumeInfo.MaintenanceMode': ['True'] }),
        },
        verdict: 'fail',
        remedy: /Resume-ClusterResource/,
      },
      {
        title: 'taken out',
        answers: { 'Get-ClusterSharedVolume': volumes.slice(1) },
        verdict: 'fail',
        message: /no cluster shared volume holds/,
      },
    ],
  },
  {
    ...server,
    check: 'STO-15',
    healthy: {
      'Get-ClusterSharedVolume': volumes,
      'Get-SmbShare': shares,
      'Get-ClusterSharedVolumeState': states,
    },
    shown: ['BlockRedirectedIOReason'],
    cases: [
      {
        title: 'direct',
        answers: withState({ StateInfo: 2, FileSystemRedirectedIOReason: 0 }),
        verdict: 'pass',
      },
      {
        title: 'NTFS on a node that does not own it',
        answers: withState({ StateInfo: 4, BlockRedirectedIOReason: 2 }),
        verdict: 'pass',
      },
      {
        title: 'somebody asked for it',
        answers: withState({ FileSystemRedirectedIOReason: 'UserRequest' }),
        verdict: 'warn',
        remedy: /^Resume-ClusterResource/,
      },
      { title: 'BitLocker', answers: withState({ FileSystemRedirectedIOReason: 16 }), verdict: 'warn' },
      {
        title: 'a filter',
        answers: withState({ FileSystemRedirectedIOReason: 'IncompatibleFileSystemFilter' }),
        verdict: 'fail',
        remedy: /fltmc/,
      },
      {
        title: 'no disk',
        answers: withState({ StateInfo: 'BlockRedirected', BlockRedirectedIOReason: 'NoDiskConnectivity' }),
        verdict: 'fail',
        message: /S2D-1: BlockRedirected, NoDiskConnectivity/,
      },
      { title: 'paused', answers: withState({ StateInfo: 1 }), verdict: 'fail', message: /Paused/ },
      {
        title: 'Server 2012',
        answers: { 'Get-Facts': { osVersion: '6.2.9200' } },
        verdict: 'skip',
        message: /Get-ClusterSharedVolumeState came with Windows Server 2012 R2/,
      },
    ],
  },
];
