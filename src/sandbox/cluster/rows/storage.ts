import type { Cluster } from '../model/cluster.ts';
import type { HealthFault } from '../model/storage.ts';
import { volumeName } from './failover.ts';
import type { Row, Rows } from './row.ts';

/** The modules Storage and FileServerResourceManager. */
export const storageRows: Readonly<Record<string, Rows>> = {
  'Get-StorageSubSystem': ({ subsystem }) => [{ ...subsystem }],
  'Get-StoragePool': ({ pools }) => pools.map((pool) => ({ ...pool })),
  'Get-PhysicalDisk': ({ disks }) => disks.map((disk) => ({ ...disk })),
  'Get-VirtualDisk': ({ volumes }) => volumes.map(({ disk }) => ({ ...disk })),
  'Get-Volume': ({ volumes }) =>
    volumes.map((each) => ({
      FileSystemLabel: each.disk.FriendlyName,
      Path: volumeName(each),
      DriveLetter: null,
      Size: each.disk.Size,
      ...each.volume,
    })),
  'Get-StorageJob': ({ jobs }) =>
    jobs.map(({ step: _, ...job }) => ({
      ...job,
      PercentComplete: Math.floor((100 * job.BytesProcessed) / job.BytesTotal),
    })),
  'Debug-StorageSubSystem': (cluster) => faultRows(cluster, 'StorageSubSystem'),
  'Debug-Volume': (cluster) => faultRows(cluster, 'Volume'),
  'Debug-FileShare': (cluster) => faultRows(cluster, 'FileShare'),
  'Get-FsrmQuota': ({ quotas }) => quotas.map((quota) => ({ ...quota, Disabled: false })),
};

function faultRows({ faults }: Cluster, by: HealthFault['foundBy']): readonly Row[] {
  return faults
    .filter(({ foundBy }) => foundBy === by)
    .map(({ foundBy: _, ...fault }, index) => ({ FaultId: `{fault-${by}-${index + 1}}`, ...fault }));
}
