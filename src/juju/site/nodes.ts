import { isIP } from 'node:net';
import { type Facts, textOption, unitNumber } from '../gather/facts.ts';
import { type Condition, condition } from '../status/condition.ts';

export interface CharmNode {
  readonly name: string;
  readonly address: string;
}

/** Which nodes there are, which of them this unit brings up, and why it is not known yet. */
export interface NodeShare {
  readonly all: readonly CharmNode[];
  readonly own: readonly CharmNode[];
  /** The units by which nodes are shared out, as the leader sees it; absent where nothing is shared out. */
  readonly assignment?: Readonly<Record<string, readonly string[]>>;
  readonly conditions: readonly Condition[];
}

const none = { all: [], own: [], conditions: [] } as const;
/** Key of the peers' application bag. */
export const assignmentKey = 'nodes';
/** Key of the bag that a native unit has among its peers. */
export const nodeKey = 'node';

/**
 * The nodes of a unit. A proxy charm has them in its configuration, and the leader shares them out among the units, so that each has one
 * that changes it. A native charm has the machine that it runs on, `local`.
 */
export function shareNodes(facts: Facts, local: CharmNode): NodeShare {
  if (facts.charm.flavour === 'native')
    return { all: nodesOfPeers(facts, local), own: [local], conditions: [] };
  const { nodes, conditions } = writtenNodes(facts);
  if (nodes.length === 0) return { ...none, conditions };
  const { peers, leader, event } = facts;
  if (!peers) return { ...none, all: nodes, conditions: [condition('peers-unknown')] };
  const assignment = leader ? assign(nodes, peers.units, event.unit) : readAssignment(peers.application);
  if (!assignment) return { ...none, all: nodes, conditions: [condition('leader-nodes')] };
  const names = assignment[event.unit] ?? [];
  const own = nodes.filter(({ name }) => names.includes(name));
  return { all: nodes, own, conditions, ...(leader && { assignment }) };
}

/** The machines of all units, by the number of the unit; each says its own. */
function nodesOfPeers({ peers, event }: Facts, local: CharmNode): readonly CharmNode[] {
  if (!peers) return [local];
  return peers.units.flatMap((unit) => {
    const said = unit === event.unit ? JSON.stringify(local) : peers.bags.get(unit)?.[nodeKey];
    return said === undefined ? [] : [JSON.parse(said) as CharmNode];
  });
}

/** The leader is the first, as it needs a node to change the database from; the order of the others is that of their numbers. */
function assign(
  nodes: readonly CharmNode[],
  units: readonly string[],
  leader: string,
): Readonly<Record<string, readonly string[]>> {
  const others = units
    .filter((unit) => unit !== leader)
    .sort((one, other) => unitNumber(one) - unitNumber(other));
  const order = [leader, ...others];
  return Object.fromEntries(
    order.map((unit, index) => [
      unit,
      nodes.filter((_, place) => place % order.length === index).map(({ name }) => name),
    ]),
  );
}

function readAssignment(application: Readonly<Record<string, string>>) {
  const text = application[assignmentKey];
  return text === undefined ? undefined : (JSON.parse(text) as Record<string, readonly string[]>);
}

/** `NAME=ADDRESS`, separated by commas. */
function writtenNodes(facts: Facts): {
  readonly nodes: readonly CharmNode[];
  readonly conditions: readonly Condition[];
} {
  const text = textOption(facts, 'windows-nodes');
  if (text === undefined) return { nodes: [], conditions: [condition('nodes-unset')] };
  const nodes = text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .map((entry) => {
      const [name = '', address = name] = entry.split('=').map((part) => part.trim());
      return { name: name.toLowerCase(), address };
    });
  const wrong = nodes.find(({ name, address }) => !/^[a-z][a-z0-9_-]{0,39}$/.test(name) || address === '');
  if (wrong) return { nodes: [], conditions: [condition('nodes-invalid', { entry: wrong.name })] };
  const names = nodes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice
    ? { nodes: [], conditions: [condition('nodes-twice', { node: twice })] }
    : { nodes, conditions: [] };
}

/** Where users reach the service: a name that is set, the load balancer, or the first node. */
export function publicHost(
  facts: Facts,
  share: NodeShare,
  which: 'public' | 'internal' | 'admin',
): string | undefined {
  const [vip] = (textOption(facts, 'vip') ?? '').split(/\s+/).filter(Boolean);
  return textOption(facts, `os-${which}-hostname`) ?? vip ?? share.all[0]?.address;
}

/** The URL of the service at a host; an address of IPv6 is put in brackets. */
export function serviceUrl(host: string, port: number): string {
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
