import type { Cluster } from '../model/cluster.ts';
import { clusterName, GiB, hosts, mountPoint, TiB, volumeName } from './names.ts';

const healthy = { HealthStatus: 'Healthy', OperationalStatus: ['OK'] };

/** Storage Spaces Direct: eight disks, one pool, and a mirrored volume with ReFS. */
export const storage: Pick<
  Cluster,
  'subsystem' | 'pools' | 'disks' | 'volumes' | 'jobs' | 'faults' | 'quotas'
> = {
  subsystem: {
    FriendlyName: `Clustered Windows Storage on ${clusterName}`,
    Model: 'Clustered Windows Storage',
    ...healthy,
  },
  pools: [
    {
      FriendlyName: `S2D on ${clusterName}`,
      ...healthy,
      IsPrimordial: false,
      IsReadOnly: false,
      ReadOnlyReason: 'None',
      Size: 16 * TiB,
      AllocatedSize: 4 * TiB,
      ProvisioningTypeDefault: 'Fixed',
    },
  ],
  disks: Array.from({ length: 8 }, (_, index) => ({
    FriendlyName: 'NVMe INTEL SSDPE2KX020T8',
    SerialNumber: `PHLJ90000${index}AA2P0BGN`,
    ...healthy,
    Usage: 'AutoSelect',
    MediaType: 'SSD',
    Size: 2 * TiB,
    AllocatedSize: 512 * GiB,
    CanPool: false,
  })),
  volumes: [
    {
      disk: {
        FriendlyName: volumeName,
        ...healthy,
        DetachedReason: 'None',
        ResiliencySettingName: 'Mirror',
        NumberOfDataCopies: 2,
        PhysicalDiskRedundancy: 1,
        Size: 2 * TiB,
        AllocatedSize: 2 * TiB,
        FootprintOnPool: 4 * TiB,
        ProvisioningType: 'Fixed',
        IsManualAttach: true,
      },
      resource: `Cluster Virtual Disk (${volumeName})`,
      State: 'Online',
      OwnerNode: hosts[0],
      mountPoint,
      guid: '6c1e6c1e-0001-4000-8000-5d5d5d5d5d5d',
      FaultState: 'NoFaults',
      MaintenanceMode: false,
      RedirectedAccess: false,
      volume: {
        ...healthy,
        FileSystem: 'CSVFS',
        FileSystemType: 'CSVFS_ReFS',
        SizeRemaining: 1536 * GiB,
        DedupMode: 'Disabled',
      },
      // ReFS on S2D is redirected by the file system on every node: healthy.
      access: {
        StateInfo: 'FileSystemRedirected',
        FileSystemRedirectedIOReason: 'FileSystemReFs',
        BlockRedirectedIOReason: 'NotBlockRedirected',
      },
      accessOf: {},
    },
  ],
  jobs: [],
  faults: [],
  quotas: [],
};
