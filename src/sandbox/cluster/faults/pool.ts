import { add, all, change, disk, fileSystem, host } from '../change/change.ts';
import { GiB, TiB } from '../healthy/names.ts';
import type { StorageJob } from '../model/storage.ts';
import type { StorageFault } from './storage-fault.ts';

const isFirst = (_: unknown, index: number): boolean => index === 0;
const repair = (values: Partial<StorageJob>): StorageJob => ({
  Name: 'Repair',
  JobState: 'Running',
  IsBackgroundTask: true,
  BytesProcessed: 12 * GiB,
  BytesTotal: 100 * GiB,
  step: 4 * GiB,
  ...values,
});
const event = (ProviderName: string, LogName: string, Id: number, Message: string) => ({
  ProviderName,
  LogName,
  Id,
  Message,
  age: 30,
});
const full = { FaultType: 'Microsoft.Health.FaultType.StoragePool.PoolCapacityThresholdExceeded' };

/** STO-16 to STO-20: pool, disks, repairs, faults of the health service, space. */
export const poolFaults = {
  'sto-16-pool-read-only': {
    effect: 'the pool is read-only',
    change: change('pools', {
      HealthStatus: 'Unhealthy',
      OperationalStatus: ['Read-only'],
      IsReadOnly: true,
      ReadOnlyReason: 'Incomplete',
    }),
    verdicts: { 'STO-16': 'fail' },
  },
  'sto-16-detached': {
    effect: 'a virtual disk is detached, all disks are healthy and no job runs: a full dirty-region log',
    change: all(
      disk({ HealthStatus: 'Unknown', OperationalStatus: ['Detached'], DetachedReason: 'Incomplete' }),
      host({
        events: [
          event(
            'Microsoft-Windows-StorageSpaces-Driver',
            'Microsoft-Windows-StorageSpaces-Driver/Operational',
            311,
            'Virtual disk {6c1e6c1e-0001-4000-8000-5d5d5d5d5d5d} requires a data integrity scan.',
          ),
        ],
      }),
    ),
    verdicts: { 'STO-16': 'fail' },
  },
  'sto-16-simple': {
    effect: 'a virtual disk has one copy of its data',
    change: disk({ ResiliencySettingName: 'Simple', NumberOfDataCopies: 1, PhysicalDiskRedundancy: 0 }),
    verdicts: { 'STO-16': 'fail' },
  },
  'sto-16-numbers': {
    effect: 'all is well, and Windows gives numbers for words',
    change: all(
      disk({ HealthStatus: 0, OperationalStatus: [2] }),
      change('pools', { HealthStatus: 0, OperationalStatus: 'OK' }),
    ),
    verdicts: { 'STO-16': 'pass' },
  },
  'sto-17-retired': {
    effect: 'a disk is retired',
    change: change('disks', { Usage: 'Retired' }, isFirst),
    verdicts: { 'STO-17': 'warn' },
  },
  'sto-17-predictive-failure': {
    effect: 'a disk says that it will fail',
    change: change('disks', { HealthStatus: 'Warning', OperationalStatus: ['Predictive Failure'] }, isFirst),
    verdicts: { 'STO-17': 'warn' },
  },
  'sto-17-abnormal-latency': {
    effect: 'a disk that is called healthy is slow',
    change: change('disks', { OperationalStatus: ['OK', 'Abnormal Latency'] }, isFirst),
    verdicts: { 'STO-17': 'warn' },
  },
  'sto-18-repair': {
    effect: 'a repair runs and goes on',
    change: add('jobs', repair({})),
    verdicts: { 'STO-18': 'warn' },
  },
  'sto-18-repair-stuck': {
    effect: 'a repair falls back again and again: a slow disk holds it',
    change: all(
      add('jobs', repair({ step: -9 * GiB })),
      change('disks', { OperationalStatus: ['OK', 'Abnormal Latency'] }, isFirst),
      disk({ HealthStatus: 'Unhealthy', OperationalStatus: ['No Redundancy', 'InService'] }),
      change('pools', { AllocatedSize: Math.floor(13.76 * TiB) }),
    ),
    verdicts: { 'STO-16': 'fail', 'STO-17': 'warn', 'STO-18': 'fail', 'STO-20': 'warn' },
  },
  'sto-18-integrity-scan': {
    effect: 'the scan of a crash recovery runs: no storage job shows it',
    change: host({ running: ['Data Integrity Scan for Crash Recovery'] }),
    verdicts: { 'STO-18': 'warn' },
  },
  'sto-18-repair-left': {
    effect: 'the repair of a volume is done, and its resource is still told to repair it',
    change: change(
      'resources',
      { parameters: { DiskRunChkDsk: 7, DiskRecoveryAction: 1 } },
      ({ ResourceType }) => ResourceType === 'Physical Disk',
    ),
    verdicts: { 'STO-18': 'warn' },
  },
  'sto-19-faults': {
    effect: 'the health service has found an error',
    change: add('faults', {
      FaultType: 'Microsoft.Health.FaultType.Volume.DataLoss',
      PerceivedSeverity: 6,
      Reason: 'The volume has lost data.',
      FaultingObjectDescription: 'Volume1',
      FaultingObjectLocation: 'S2D-CL1',
      RecommendedActions: ['Restore the volume from a copy.'],
      foundBy: 'Volume',
    }),
    verdicts: { 'STO-19': 'fail' },
  },
  'sto-19-warning': {
    effect: 'the health service warns',
    change: add('faults', {
      FaultType: 'Microsoft.Health.FaultType.FileShare.Inaccessible',
      PerceivedSeverity: 'Minor',
      Reason: 'The share cannot be reached.',
      FaultingObjectDescription: '\\\\SOFS1\\images',
      foundBy: 'FileShare',
    }),
    verdicts: { 'STO-19': 'warn' },
  },
  'sto-20-volume-full': {
    effect: 'a twentieth of the volume is free',
    change: fileSystem({ SizeRemaining: Math.floor(0.05 * 2 * TiB) }),
    verdicts: { 'STO-20': 'fail' },
  },
  'sto-20-volume-nearly-full': {
    effect: 'an eighth of the volume is free',
    change: fileSystem({ SizeRemaining: Math.floor(0.125 * 2 * TiB) }),
    verdicts: { 'STO-20': 'warn' },
  },
  'sto-20-no-reserve': {
    effect: 'the pool has no room for the repair of a disk',
    change: change('pools', { AllocatedSize: 15 * TiB }),
    verdicts: { 'STO-20': 'warn' },
  },
  'sto-20-thin-overcommitted': {
    effect: 'thin volumes may become larger than the pool is',
    change: disk({ ProvisioningType: 'Thin', Size: 12 * TiB, FootprintOnPool: 4 * TiB }),
    verdicts: { 'STO-20': 'warn' },
  },
  'sto-20-fixed-above-threshold': {
    effect: 'fixed volumes fill a pool beyond 70 %, and the reserve is kept',
    change: all(
      change('pools', { AllocatedSize: Math.floor(0.74 * 16 * TiB) }),
      add('faults', {
        ...full,
        PerceivedSeverity: 'Warning',
        Reason: 'The pool is above its alert threshold.',
        FaultingObjectDescription: 'S2D on S2D-CL1',
        foundBy: 'StorageSubSystem',
      }),
    ),
    verdicts: { 'STO-19': 'warn', 'STO-20': 'pass' },
  },
} satisfies Record<string, StorageFault>;
