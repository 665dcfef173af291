import { type CheckTable, changed } from '../harness.ts';
import { cluster, off, server, subsystems, well } from './pool-rows.ts';

const pools = [
  { FriendlyName: 'S2D on S2D-CL1', ...well, IsPrimordial: false, IsReadOnly: false, ReadOnlyReason: 'None' },
  { FriendlyName: 'Primordial', ...well, IsPrimordial: true, IsReadOnly: false, ReadOnlyReason: 'None' },
];
const virtual = ['Volume1', 'Volume2'].map((FriendlyName) => ({
  FriendlyName,
  ...well,
  DetachedReason: 'None',
  ResiliencySettingName: 'Mirror',
}));
const disks = [0, 1].map((index) => ({
  ...{ FriendlyName: 'NVMe', SerialNumber: `PHLJ${index}`, ...well, Usage: 'Auto-Select' },
}));

export const poolTables: readonly CheckTable[] = [
  {
    ...server,
    check: 'STO-16',
    healthy: {
      'Get-Cluster': cluster,
      'Get-StorageSubSystem': subsystems,
      'Get-StoragePool': pools,
      'Get-VirtualDisk': virtual,
    },
    shown: ['Name', 'ReadOnlyReason', 'DetachedReason'],
    cases: [
      off,
      {
        title: 'numbers for words',
        answers: {
          'Get-VirtualDisk': virtual.map((row) => ({ ...row, HealthStatus: 0, OperationalStatus: [2] })),
        },
        verdict: 'pass',
      },
      {
        title: 'read-only',
        answers: { 'Get-StoragePool': changed(pools, { IsReadOnly: true, ReadOnlyReason: 'Incomplete' }) },
        verdict: 'fail',
        message: /read-only \(Incomplete\)/,
        remedy: /^Set-StoragePool -FriendlyName 'S2D on S2D-CL1' -IsReadOnly \$false/,
      },
      {
        title: 'one copy',
        answers: { 'Get-VirtualDisk': changed(virtual, { ResiliencySettingName: 'Simple' }) },
        verdict: 'fail',
        message: /one copy/,
      },
      {
        title: 'a repair after a restart',
        answers: {
          'Get-VirtualDisk': changed(virtual, { HealthStatus: 'Warning', OperationalStatus: ['InService'] }),
        },
        verdict: 'warn',
        remedy: /wait for the repair/,
      },
      {
        title: 'no redundancy',
        answers: {
          'Get-VirtualDisk': changed(virtual, {
            HealthStatus: 'Unhealthy',
            OperationalStatus: '{No Redundancy, InService}',
          }),
        },
        verdict: 'fail',
        message: /No Redundancy, InService/,
      },
      {
        title: 'two clustered subsystems',
        answers: { 'Get-StorageSubSystem': [subsystems[0], subsystems[0]] },
        verdict: 'fail',
        message: /2 storage subsystems/,
      },
      {
        title: 'detached',
        answers: {
          'Get-VirtualDisk': changed(virtual, {
            HealthStatus: 'Unknown',
            OperationalStatus: 'Detached',
            DetachedReason: 'By Policy',
          }),
          'Get-WinEvent': [],
        },
        verdict: 'fail',
        remedy: /^Connect-VirtualDisk -FriendlyName Volume1$/,
      },
      {
        title: 'detached, 14: a full log of dirty regions',
        answers: {
          'Get-VirtualDisk': changed(
            virtual,
            { HealthStatus: 5, OperationalStatus: 53249, DetachedReason: 'Incomplete' },
            1,
          ),
          'Get-WinEvent': [{ Id: 311 }],
        },
        verdict: 'fail',
        remedy: /Data Integrity Scan for Crash Recovery.*not Connect-VirtualDisk/,
      },
      {
        title: 'Server 2012 R2',
        answers: { 'Get-Facts': { osVersion: '6.3.9600' } },
        verdict: 'skip',
        message: /S2DEnabled of Get-Cluster came with Windows Server 2016/,
      },
    ],
  },
  {
    ...server,
    check: 'STO-17',
    healthy: { 'Get-Cluster': cluster, 'Get-PhysicalDisk': disks },
    shown: ['Name'],
    anyName: true,
    cases: [
      off,
      {
        title: '15: healthy, and slow',
        answers: { 'Get-PhysicalDisk': changed(disks, { OperationalStatus: ['OK', 'Abnormal Latency'] }) },
        verdict: 'warn',
        message: /\(PHLJ0\): Abnormal Latency$/,
        remedy: /Get-PhysicalDisk -SerialNumber PHLJ0 \| Set-PhysicalDisk -Usage Retired/,
      },
      {
        title: 'the same as one text',
        answers: { 'Get-PhysicalDisk': changed(disks, { OperationalStatus: 'OK, Abnormal Latency' }) },
        verdict: 'warn',
        message: /Abnormal Latency$/,
      },
      {
        title: 'a number',
        answers: { 'Get-PhysicalDisk': changed(disks, { OperationalStatus: [2, 5] }) },
        verdict: 'warn',
        message: /Predictive Failure/,
      },
      {
        title: 'retired',
        answers: { 'Get-PhysicalDisk': changed(disks, { Usage: 4 }) },
        verdict: 'warn',
        message: /Retired/,
        remedy: /replace it/,
      },
    ],
  },
];
