import { isBelow } from '../verify/checks/storage/cluster/find-volume.ts';
import { cmdlet } from '../verify/checks/storage/model/check.ts';
import { same } from '../verify/checks/storage/model/read.ts';
import { identityOf } from '../verify/checks/storage/shares/find-share.ts';
import type { ClusterState, Owned, Place } from './cluster-state.ts';
import type { Scenario, Target } from './scenario.ts';

const noOther = 'no other node of the cluster is Up';
const noVolume = ({ folder }: Place): string => `no cluster shared volume holds ${folder}`;

/** Every scenario of a drill. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'client-move',
    check: 'STO-40',
    title: 'send a client to another node of the file server',
    why: 'A client that the witness of SMB cannot move waits for a timeout when its server goes.',
    looks: 60,
    target({ clients, nodes }) {
      const [client] = clients;
      if (!client) return 'no client is registered with the witness of SMB: STO-30 tells why';
      const to = another({ nodes }, client.server);
      if (to === undefined) return noOther;
      const action = cmdlet('Move-SmbWitnessClient', [], {
        ClientName: client.name,
        DestinationNode: to,
        Confirm: false,
      });
      return { ...target(`the client ${client.name}`, client.server, action, { client }), to };
    },
    missing({ clients }, { what, from }) {
      const now = clients.find(({ name }) => what === `the client ${name}`);
      if (!now) return `${what} is not known to the witness any more`;
      return same(now.server, from) ? `${what} is still served by ${from}` : undefined;
    },
  },
  {
    name: 'owner-move',
    check: 'STO-41',
    title: 'move the volume of the share to another node',
    why: 'The owner of a volume changes whenever a node goes; clients of the share follow it.',
    looks: 30,
    target(state, place) {
      const volume = volumeOf(state, place);
      if (!volume) return noVolume(place);
      const to = another(state, volume.owner);
      if (to === undefined) return noOther;
      const action = cmdlet('Move-ClusterSharedVolume', [], { Name: volume.name, Node: to });
      return { ...target(`the volume ${volume.name}`, volume.owner, action, { volumes: [volume] }), to };
    },
    missing: ({ volumes }, { before, to = '' }) => notMoved(volumes, before.volumes, to),
  },
  {
    name: 'role-move',
    check: 'STO-42',
    title: 'move the file server to another node',
    why: 'A file server whose name does not come online elsewhere ends with its node. Clients of a scale-out one stay where they are.',
    looks: 30,
    target(state, { share }) {
      if (share.kind === 'csv') return 'the nodes open the volume itself, without a file server';
      const { scope } = identityOf(share);
      const group = state.groups.find(({ name }) => same(name, scope));
      if (!group) return `the cluster has no group ${scope}`;
      const to = another(state, group.owner);
      if (to === undefined) return noOther;
      const action = cmdlet('Move-ClusterGroup', [], { Name: group.name, Node: to });
      return { ...target(`the file server ${group.name}`, group.owner, action, { groups: [group] }), to };
    },
    missing: ({ groups }, { before, to = '' }) => notMoved(groups, before.groups, to),
  },
  {
    name: 'drain',
    check: 'STO-43',
    title: 'drain the node that serves the share',
    why: 'Every update of Windows begins with it.',
    looks: 600,
    target: draining,
    missing: drained,
  },
  {
    name: 'negative-control',
    check: 'STO-45',
    title: 'drain the node of a throw-away share that does not survive it',
    why: 'A drill that finds no error where there has to be one proves nothing elsewhere.',
    control: true,
    looks: 600,
    target: (state, place) =>
      place.share.kind === 'csv'
        ? 'the nodes open the volume itself, without a share'
        : draining(state, place),
    missing: drained,
  },
  {
    name: 'unplanned',
    check: 'STO-44',
    title: 'stop the cluster service of the node that serves the share',
    why: 'Nodes fail without having been drained.',
    disruptive: true,
    looks: 60,
    target(state, place) {
      const found = leaving(state, place, 'Stop-ClusterNode', { Confirm: false });
      return typeof found === 'string' ? found : { ...found, onItself: true };
    },
    missing(state, { from }) {
      const now = state.nodes.find(({ name }) => same(name, from))?.state ?? 'gone';
      return now === 'Down' ? leftOn(state, from) : `${from} is ${now}`;
    },
  },
];

function draining(state: ClusterState, place: Place): Target | string {
  return leaving(state, place, 'Suspend-ClusterNode', { Drain: true, Confirm: false });
}

function drained(state: ClusterState, { from }: Target): string | undefined {
  const { state: now = 'gone', drain = '' } = state.nodes.find(({ name }) => same(name, from)) ?? {};
  if (now !== 'Paused' || drain !== 'Completed') return `${from} is ${now} (drain ${drain})`;
  return leftOn(state, from);
}

function target(
  what: string,
  from: string,
  action: Target['action'],
  before: Partial<Target['before']>,
): Target {
  return { what, from, action, before: { groups: [], volumes: [], ...before } };
}

/** The node that has most of the open files of the share, else the owner of its volume; it loses all that it has. */
function leaving(state: ClusterState, place: Place, name: string, more: object): Target | string {
  const { groups, volumes, nodes } = state;
  const from = servingNode(state, place);
  if (from === undefined) return noVolume(place);
  const node = nodes.find((one) => same(one.name, from))?.name;
  if (node === undefined) return `${from} has files of the share open and is no node of the cluster`;
  if (another(state, node) === undefined) return noOther;
  const own = ({ owner }: Owned): boolean => same(owner, node);
  const before = { node, groups: groups.filter(own), volumes: volumes.filter(own) };
  return target(`the node ${node}`, node, cmdlet(name, [], { Name: node, ...more }), before);
}

function servingNode(state: ClusterState, place: Place): string | undefined {
  const counts = new Map<string, number>();
  for (const { server } of state.files) counts.set(server, (counts.get(server) ?? 0) + 1);
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? volumeOf(state, place)?.owner;
}

function volumeOf({ volumes }: ClusterState, { folder }: Place) {
  return volumes.find(({ mount }) => isBelow(folder, mount));
}

/** The first node that could take over. */
function another({ nodes }: Pick<ClusterState, 'nodes'>, from: string): string | undefined {
  return nodes.find(({ name, state }) => state === 'Up' && !same(name, from))?.name;
}

function notMoved(now: readonly Owned[], before: Target['before']['groups'], to: string): string | undefined {
  for (const { name } of before) {
    const found = now.find((one) => same(one.name, name));
    if (!found) return `${name} is gone`;
    if (!same(found.owner, to) || found.state !== 'Online')
      return `${name} is ${found.state} on ${found.owner}`;
  }
  return undefined;
}

/** What a node still has that is to be elsewhere, and what is not online there. */
function leftOn({ groups, volumes, files }: ClusterState, node: string): string | undefined {
  const still = [...groups, ...volumes].filter(({ owner }) => same(owner, node));
  if (still.length > 0) return `${node} still has ${still.map(({ name }) => name).join(', ')}`;
  const off = volumes.filter(({ state }) => state !== 'Online');
  if (off.length > 0) return off.map(({ name, state }) => `${name} is ${state}`).join(', ');
  const open = files.filter(({ server }) => same(server, node));
  return open.length > 0 ? `${open.length} files are still open on ${node}` : undefined;
}
