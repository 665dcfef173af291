import type { Cluster, ClusterResource } from '../model/cluster.ts';
import type { ClusterVolume } from '../model/storage.ts';
import type { Row, Rows } from './row.ts';

/** The module FailoverClusters, and Get-HealthFault of the cluster's health service. */
export const failoverRows: Readonly<Record<string, Rows>> = {
  'Get-Cluster': ({ cluster }) => [{ ...cluster }],
  'Get-ClusterNode': ({ nodes }) => nodes.map((node) => ({ ...node })),
  'Get-ClusterGroup': ({ groups }) => groups.map((group) => ({ ...group })),
  'Get-ClusterResource': (cluster) => cluster.resources.map((one) => resourceRow(cluster, one)),
  'Get-ClusterNetwork': ({ networks }) => networks.map((network) => ({ ...network })),
  'Get-ClusterNetworkInterface': ({ interfaces }) => interfaces.map((one) => ({ ...one })),
  'Get-ClusterQuorum': (cluster) => [
    {
      Cluster: cluster.cluster.Name,
      QuorumResource: witnessRow(cluster),
      QuorumType: cluster.witness === undefined ? 'NodeMajority' : 'NodeAndFileShareMajority',
    },
  ],
  'Get-ClusterParameter': ({ resources }) =>
    resources.flatMap(({ Name: ClusterObject, parameters = {} }) =>
      Object.entries(parameters).map(([Name, Value]) => ({
        ClusterObject,
        Name,
        Value,
        ParameterType: typeof Value === 'number' ? 'UInt32' : 'String',
      })),
    ),
  'Get-ClusterSharedVolume': ({ volumes }) => volumes.map(sharedVolumeRow),
  'Get-ClusterSharedVolumeState': ({ volumes, nodes }) =>
    volumes.flatMap((volume) => {
      const there = nodes.filter(({ State }) => State !== 'Down');
      return there.map(({ Name: Node }) => ({
        Name: volume.resource,
        Node,
        VolumeName: volumeName(volume),
        VolumeFriendlyName: volume.disk.FriendlyName,
        ...(volume.accessOf[Node] ?? volume.access),
      }));
    }),
  'Get-ClusterStorageSpacesDirect': ({ cluster, nodes }) => [
    {
      Name: cluster.Name,
      State: cluster.S2DEnabled === 1 ? 'Enabled' : 'Disabled',
      CacheState: 'Enabled',
      Nodes: nodes.map(({ Name }) => Name),
    },
  ],
  'Get-HealthFault': ({ faults }) => faults.map(({ foundBy: _, ...fault }) => fault),
};

export function volumeName({ guid }: ClusterVolume): string {
  return `\\\\?\\Volume{${guid}}\\`;
}

function resourceRow({ groups, volumes }: Cluster, resource: ClusterResource): Row {
  const { Name, ResourceType, OwnerGroup, State } = resource;
  const volume = volumes.find((each) => each.resource === Name);
  const owner = volume ?? groups.find((group) => group.Name === OwnerGroup);
  return { Name, ResourceType, OwnerGroup, OwnerNode: owner?.OwnerNode, State };
}

function witnessRow({ resources, witness }: Cluster): Row | null {
  const found = resources.find(({ Name }) => Name === witness);
  return found ? { Name: found.Name, ResourceType: found.ResourceType, State: found.State } : null;
}

function sharedVolumeRow(volume: ClusterVolume): Row {
  const { mountPoint, FaultState, MaintenanceMode, RedirectedAccess } = volume;
  const { Size } = volume.disk;
  const { SizeRemaining: FreeSpace, FileSystem } = volume.volume;
  return {
    Name: volume.resource,
    State: volume.State,
    OwnerNode: volume.OwnerNode,
    SharedVolumeInfo: [
      {
        FriendlyVolumeName: mountPoint,
        FaultState,
        MaintenanceMode,
        RedirectedAccess,
        Partition: {
          Name: volumeName(volume),
          Size,
          FreeSpace,
          UsedSpace: Size - FreeSpace,
          PercentFree: (100 * FreeSpace) / Size,
          FileSystem,
        },
      },
    ],
  };
}
