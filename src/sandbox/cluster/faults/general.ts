import { add, all, type Change, change, disk, remove, set } from '../change/change.ts';
import type { ClusterGroup, ClusterResource } from '../model/cluster.ts';

const degraded = { HealthStatus: 'Warning', OperationalStatus: ['Degraded'] };
const subsystemDegraded: Change = (cluster) =>
  set({ subsystem: { ...cluster.subsystem, ...degraded } })(cluster);
const isFileServer = (one: ClusterGroup | ClusterResource): boolean =>
  /^Scale-?out ?File ?Server$/i.test('GroupType' in one ? one.GroupType : one.ResourceType);

/** What happens to a cluster, in the words of people. */
export const generalFaults = {
  'cluster-node-down': all(
    (cluster) => {
      const lost = cluster.nodes.at(-1)?.Name;
      return change(
        'nodes',
        { State: 'Down', StatusInformation: 'Normal' },
        ({ Name }) => Name === lost,
      )(cluster);
    },
    change('pools', degraded),
    disk(degraded),
    add('faults', {
      FaultType: 'Microsoft.Health.FaultType.Cluster.Node.Down',
      PerceivedSeverity: 'Critical',
      Reason: 'The server cannot be reached.',
      FaultingObjectDescription: 'a server of the cluster',
      foundBy: 'StorageSubSystem',
    }),
  ),
  'share-offline': all(
    change('shares', { ShareState: 'Offline' }),
    remove('clients'),
    change('groups', { State: 'Offline' }, isFileServer),
    change('resources', { State: 'Offline' }, isFileServer),
  ),
  'storage-degraded': all(
    change('pools', degraded),
    subsystemDegraded,
    disk(degraded),
    change(
      'disks',
      { HealthStatus: 'Unhealthy', OperationalStatus: ['Lost Communication'] },
      (_, index) => index === 0,
    ),
    add('jobs', {
      Name: 'Repair',
      JobState: 'Running',
      IsBackgroundTask: true,
      BytesProcessed: 35 * 2 ** 30,
      BytesTotal: 100 * 2 ** 30,
      step: 0,
    }),
    add('faults', {
      FaultType: 'Microsoft.Health.FaultType.PhysicalDisk.FailedMedia',
      PerceivedSeverity: 'Warning',
      Reason: 'The physical disk has failed.',
      FaultingObjectDescription: 'a physical disk',
      foundBy: 'StorageSubSystem',
    }),
  ),
} satisfies Record<string, Change>;
