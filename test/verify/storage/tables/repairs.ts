import type { CheckTable } from '../harness.ts';
import { cluster, off, server, subsystems } from './pool-rows.ts';

const GiB = 1024 ** 3;
const job = { Name: 'Repair', JobState: 'Running', BytesProcessed: 12 * GiB, BytesTotal: 100 * GiB };
const fault = {
  FaultType: 'Microsoft.Health.FaultType.PhysicalDisk.FailedMedia',
  PerceivedSeverity: 'Warning',
  Reason: 'The disk has failed.',
  FaultingObjectDescription: 'a disk',
  RecommendedActions: ['Replace the physical disk.'],
};
/** Two looks at the jobs. */
const jobs = (first: object, second?: object) => {
  let looked = 0;
  return () => (looked++ === 0 ? [first] : second === undefined ? [] : [second]);
};
/** Resources of the cluster: only disks have these properties. */
const resources = (value: number) => [
  { Name: 'SOFS1' },
  {
    Name: 'Cluster Virtual Disk (Volume1)',
    'PrivateProperties.DiskRunChkDsk': value,
    'PrivateProperties.DiskRecoveryAction': 0,
  },
];

export const repairTables: readonly CheckTable[] = [
  {
    ...server,
    check: 'STO-18',
    healthy: {
      'Get-Cluster': cluster,
      'Get-StorageSubSystem': subsystems,
      'Get-StorageJob': [],
      'Get-ScheduledTask': [],
      'Get-CimInstance': resources(0),
    },
    mayBeEmpty: ['Get-StorageJob', 'Get-ScheduledTask', 'Get-CimInstance'],
    mayFail: ['Get-ScheduledTask', 'Get-CimInstance'],
    shown: [
      'Name',
      'JobState',
      'BytesProcessed',
      'BytesTotal',
      'TaskName',
      'State',
      'FriendlyName',
      'HealthStatus',
      'OperationalStatus',
      'PrivateProperties.DiskRunChkDsk',
      'PrivateProperties.DiskRecoveryAction',
    ],
    cases: [
      off,
      {
        title: '14: what a repair left',
        answers: { 'Get-CimInstance': resources(7) },
        verdict: 'warn',
        message: /^Cluster Virtual Disk \(Volume1\) still has DiskRunChkDsk 7$/,
        remedy:
          /^Get-ClusterResource 'Cluster Virtual Disk \(Volume1\)' \| Set-ClusterParameter DiskRunChkDsk 0$/,
      },
      {
        title: 'advances',
        answers: { 'Get-StorageJob': jobs(job, { ...job, BytesProcessed: 20 * GiB }) },
        verdict: 'warn',
        message: /advances: Repair: 12 % then 20 %/,
      },
      { title: 'ends between the looks', answers: { 'Get-StorageJob': jobs(job) }, verdict: 'warn' },
      {
        title: '15: falls back',
        answers: { 'Get-StorageJob': jobs(job, { ...job, JobState: 4, BytesProcessed: 3 * GiB }) },
        verdict: 'fail',
        message: /does not advance/,
        remedy: /STO-17.*more capacity does not help/,
      },
      {
        title: '15: another total',
        answers: { 'Get-StorageJob': jobs(job, { ...job, BytesProcessed: 20 * GiB, BytesTotal: 90 * GiB }) },
        verdict: 'fail',
      },
      { title: 'done', answers: { 'Get-StorageJob': [{ ...job, JobState: 7 }] }, verdict: 'pass' },
      {
        title: '14: a scan that is no job',
        answers: {
          'Get-ScheduledTask': [{ TaskName: 'Data Integrity Scan for Crash Recovery', State: 'Running' }],
        },
        verdict: 'warn',
        remedy: /do not restart nodes/,
      },
    ],
  },
  {
    ...server,
    check: 'STO-19',
    healthy: { 'Get-Cluster': cluster, 'Get-StorageSubSystem': subsystems, 'Debug-StorageSubSystem': [] },
    mayBeEmpty: ['Debug-StorageSubSystem'],
    shown: [
      'Name',
      'HealthStatus',
      'OperationalStatus',
      'FaultType',
      'PerceivedSeverity',
      'Reason',
      'FaultingObjectDescription',
      'RecommendedActions',
    ],
    cases: [
      off,
      {
        title: 'an error',
        answers: { 'Debug-StorageSubSystem': [{ ...fault, PerceivedSeverity: 'Major' }] },
        verdict: 'fail',
        message: /FailedMedia: The disk has failed\. \(a disk\)/,
        remedy: /^Replace the physical disk\.$/,
      },
      {
        title: 'a warning as a number',
        answers: { 'Debug-StorageSubSystem': [{ ...fault, PerceivedSeverity: 5 }] },
        verdict: 'warn',
      },
      {
        title: 'of a volume, minor',
        answers: {
          'Get-Volume': [{ Path: 'v', FileSystem: 'CSVFS' }],
          'Debug-Volume': [{ ...fault, PerceivedSeverity: 'Minor' }],
        },
        verdict: 'warn',
      },
      {
        title: 'without a severity',
        answers: { 'Debug-StorageSubSystem': [{ FaultType: 'x' }] },
        verdict: 'fail',
      },
    ],
  },
];
