import type { Host } from './host.ts';
import type { ClusterShare, SmbClient } from './smb.ts';
import type {
  ClusterVolume,
  FsrmQuota,
  Health,
  HealthFault,
  PhysicalDisk,
  ResourceState,
  StorageJob,
  StoragePool,
} from './storage.ts';

/**
 * A cluster of Windows Server with its storage, shares and clients, as plain data. A thing that a cmdlet prints has the names and the
 * values of that cmdlet's properties; what a cmdlet puts together from several things is made in `rows/`. `{computer}` in a text stands
 * for the node that is asked.
 */
export interface Cluster {
  readonly cluster: ClusterItself;
  readonly nodes: readonly ClusterNode[];
  /** Computers that are no members and that FailoverClusters answers nothing; all others answer as a member does. */
  readonly outside: readonly string[];
  readonly networks: readonly ClusterNetwork[];
  readonly interfaces: readonly ClusterNetworkInterface[];
  readonly groups: readonly ClusterGroup[];
  readonly resources: readonly ClusterResource[];
  /** Name of the resource that is the witness. */
  readonly witness?: string;
  readonly subsystem: Health & { readonly FriendlyName: string; readonly Model: string };
  readonly pools: readonly StoragePool[];
  readonly disks: readonly PhysicalDisk[];
  readonly volumes: readonly ClusterVolume[];
  readonly jobs: readonly StorageJob[];
  readonly faults: readonly HealthFault[];
  readonly shares: readonly ClusterShare[];
  readonly clients: readonly SmbClient[];
  readonly quotas: readonly FsrmQuota[];
  /** What each node that is asked says of itself. */
  readonly host: Host;
}

export interface ClusterItself {
  readonly Name: string;
  readonly Domain: string;
  readonly S2DEnabled: 0 | 1;
  /** MB. */
  readonly BlockCacheSize: number;
  readonly SharedVolumesRoot: string;
  readonly ClusterFunctionalLevel: number;
}

export interface ClusterNode {
  readonly Name: string;
  readonly Id: string;
  readonly State: 'Up' | 'Down' | 'Paused' | 'Joining' | 'Unknown';
  readonly StatusInformation: string;
  readonly DrainStatus: 'NotInitiated' | 'InProgress' | 'Completed' | 'Failed';
  readonly DynamicWeight: number;
  readonly NodeWeight: number;
}

export interface ClusterNetwork {
  readonly Name: string;
  readonly Role: 'None' | 'Cluster' | 'Client' | 'ClusterAndClient';
  readonly State: 'Unavailable' | 'Down' | 'Partitioned' | 'Up';
  readonly Address: string;
  readonly AddressMask: string;
}

export interface ClusterNetworkInterface {
  readonly Name: string;
  readonly Node: string;
  readonly Network: string;
  readonly Address: string;
  readonly State: 'Unavailable' | 'Failed' | 'Unreachable' | 'Up';
}

type GroupState = 'Online' | 'Offline' | 'Failed' | 'PartialOnline' | 'Pending';

export interface ClusterGroup {
  readonly Name: string;
  readonly GroupType: string;
  readonly State: GroupState;
  readonly OwnerNode: string;
}

export interface ClusterResource {
  readonly Name: string;
  readonly ResourceType: string;
  readonly OwnerGroup: string;
  readonly State: ResourceState;
  /** What Get-ClusterParameter tells. */
  readonly parameters?: Readonly<Record<string, string | number>>;
}
