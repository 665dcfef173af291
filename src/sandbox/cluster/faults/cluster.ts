import { all, change, remove, volume } from '../change/change.ts';
import { hosts, scope } from '../healthy/names.ts';
import type { Cluster } from '../model/cluster.ts';
import type { StorageFault } from './storage-fault.ts';

const isSecond = ({ Name }: { readonly Name: string }): boolean => Name === hosts[1];
const notBlocked = { BlockRedirectedIOReason: 'NotBlockRedirected' } as const;
const moreNodes = (cluster: Cluster): Cluster => {
  const [first] = cluster.nodes;
  if (!first) return cluster;
  const more = ['3', '4'].map((Id) => ({ ...first, Name: `S2D-${Id}`, Id }));
  const addresses = more.map(({ Name: Node, Id }) => ({
    Name: `${Node} - Cluster Network 1`,
    Node,
    Network: 'Cluster Network 1',
    Address: `10.20.0.1${Id}`,
    State: 'Up' as const,
  }));
  return {
    ...cluster,
    nodes: [...cluster.nodes, ...more],
    interfaces: [...cluster.interfaces, ...addresses],
  };
};
const withoutWitness = (cluster: Cluster): Cluster => {
  const { witness, ...others } = cluster;
  return remove('resources', ({ Name }) => Name === witness)(others);
};

/** STO-10 to STO-15: roles, nodes, witness, networks, cluster shared volumes. */
export const clusterFaults = {
  'sto-10-role-offline': {
    effect: 'the scale-out file server is offline',
    change: all(
      change('groups', { State: 'Offline' }, ({ Name }) => Name === scope),
      change('resources', { State: 'Offline' }, ({ OwnerGroup }) => OwnerGroup === scope),
    ),
    verdicts: { 'STO-10': 'fail' },
  },
  'sto-10-name-failed': {
    effect: 'the network name of the file server has failed',
    change: all(
      change('groups', { State: 'PartialOnline' }, ({ Name }) => Name === scope),
      change('resources', { State: 'Failed' }, ({ Name }) => Name === scope),
    ),
    verdicts: { 'STO-10': 'fail' },
  },
  'sto-11-node-quarantined': {
    effect: 'the cluster holds a node in quarantine',
    change: change('nodes', { StatusInformation: 'Quarantined' }, isSecond),
    verdicts: { 'STO-11': 'fail' },
  },
  'sto-11-node-down': {
    effect: 'one of two nodes is down',
    change: change('nodes', { State: 'Down', DynamicWeight: 0 }, isSecond),
    verdicts: { 'STO-11': 'fail' },
  },
  'sto-12-no-witness': {
    effect: 'a cluster of two nodes has no witness',
    change: withoutWitness,
    verdicts: { 'STO-12': 'fail' },
  },
  'sto-12-witness-failed': {
    effect: 'the witness of a cluster of two nodes has failed',
    change: change('resources', { State: 'Failed' }, ({ ResourceType }) => / Witness$/.test(ResourceType)),
    verdicts: { 'STO-12': 'fail' },
  },
  'sto-12-four-nodes': {
    effect: 'a cluster of four nodes has no witness',
    change: all(moreNodes, withoutWitness),
    verdicts: { 'STO-12': 'warn' },
  },
  'sto-13-network-down': {
    effect: 'a network of the cluster is down',
    change: change('networks', { State: 'Down' }, ({ Role }) => Role === 'Cluster'),
    verdicts: { 'STO-13': 'fail' },
  },
  'sto-13-no-client-network': {
    effect: 'no network of the cluster lets clients in',
    change: change('networks', { Role: 'Cluster' }),
    verdicts: { 'STO-13': 'fail', 'STO-05': 'fail' },
  },
  'sto-14-volume-offline': {
    effect: 'the cluster shared volume is offline',
    change: volume({ State: 'Offline' }),
    verdicts: { 'STO-14': 'fail' },
  },
  'sto-14-volume-fault': {
    effect: 'the cluster shared volume has no access to its disk',
    change: volume({ FaultState: 'NoAccess' }),
    verdicts: { 'STO-14': 'fail' },
  },
  'sto-14-maintenance': {
    effect: 'the cluster shared volume is in maintenance',
    change: volume({ MaintenanceMode: true }),
    verdicts: { 'STO-14': 'fail' },
  },
  'sto-15-incompatible-filter': {
    effect: 'a filter driver that knows no cluster redirects all traffic of the volume',
    change: volume({
      access: {
        StateInfo: 'FileSystemRedirected',
        FileSystemRedirectedIOReason: 'IncompatibleFileSystemFilter',
        ...notBlocked,
      },
    }),
    verdicts: { 'STO-15': 'fail' },
  },
  'sto-15-paused': {
    effect: 'the volume is paused on one node',
    change: volume({
      accessOf: {
        [hosts[1]]: {
          StateInfo: 'Paused',
          FileSystemRedirectedIOReason: 'NotFileSystemRedirected',
          ...notBlocked,
        },
      },
    }),
    verdicts: { 'STO-15': 'fail' },
  },
  'sto-15-user-request': {
    effect: 'somebody has redirected the traffic of the volume',
    change: volume({
      access: {
        StateInfo: 'FileSystemRedirected',
        FileSystemRedirectedIOReason: 'UserRequest',
        ...notBlocked,
      },
    }),
    verdicts: { 'STO-15': 'warn' },
  },
  'sto-15-ntfs': {
    effect: 'a volume with NTFS: direct on its owner, redirected by blocks elsewhere, as it should be',
    change: (cluster: Cluster): Cluster => ({
      ...cluster,
      volumes: cluster.volumes.map((each) => ({
        ...each,
        volume: { ...each.volume, FileSystemType: 'CSVFS_NTFS' },
        access: {
          StateInfo: 'BlockRedirected',
          FileSystemRedirectedIOReason: 'NotFileSystemRedirected',
          BlockRedirectedIOReason: 'StorageSpaceNotAttached',
        },
        accessOf: {
          [each.OwnerNode]: {
            StateInfo: 'Direct',
            FileSystemRedirectedIOReason: 'NotFileSystemRedirected',
            ...notBlocked,
          },
        },
      })),
    }),
    verdicts: { 'STO-15': 'pass' },
  },
} satisfies Record<string, StorageFault>;
