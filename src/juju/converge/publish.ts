import type { RelationData } from '../gather/facts.ts';
import type { Surroundings } from '../relations/handler.ts';
import { relationHandlers } from '../relations/index.ts';
import { assignmentKey, nodeKey } from '../site/nodes.ts';
import type { Bag, HookTools } from '../tools/hook-tools.ts';
import { databaseInUse, preparedKey } from './cluster.ts';

export interface Publication {
  readonly tools: HookTools;
  /** What is said to peers of a native charm. */
  readonly local: { readonly name: string; readonly address: string };
}

/**
 * Writes to every relation what is not there yet, so that a hook that comes late or twice makes up for another: requests, offers, and as
 * leader what all units go by. A tool that refuses has lost leadership, or its relation is not created yet: a later hook does it.
 */
export async function publish(surroundings: Surroundings, serving: boolean, to: Publication): Promise<void> {
  const { facts } = surroundings;
  for (const [endpoint, relations] of facts.relations)
    for (const relation of relations) {
      const { request, offer } = relationHandlers[endpoint] ?? {};
      const values = {
        ...request?.(relation, surroundings),
        ...offer?.(surroundings, serving),
      };
      await write(relation, values, to.tools);
    }
  await toPeers(surroundings, serving, to);
}

async function toPeers(
  surroundings: Surroundings,
  serving: boolean,
  { tools, local }: Publication,
): Promise<void> {
  const { facts, share } = surroundings;
  const { peers, charm, leader, event } = facts;
  if (!peers) return;
  const own = peers.bags.get(event.unit) ?? {};
  if (charm.flavour === 'native')
    await write({ id: peers.id, own }, { [nodeKey]: JSON.stringify(local) }, tools);
  if (!leader) return;
  const database = databaseInUse(surroundings);
  const prepared = serving && database !== undefined ? database : undefined;
  const kept = peers.application[preparedKey] === database ? database : undefined;
  const values: Bag = {
    [preparedKey]: prepared ?? kept ?? '',
    ...(share.assignment && { [assignmentKey]: JSON.stringify(share.assignment) }),
  };
  await write({ id: peers.id, own: peers.application }, values, tools, 'application');
}

/** Only differences: what is equal would be no event for the other side, and what is empty is not there. */
async function write(
  { id, own }: Pick<RelationData, 'id' | 'own'>,
  values: Bag,
  tools: HookTools,
  bag?: 'application',
): Promise<void> {
  const different = Object.entries(values).filter(([key, value]) => (own[key] ?? '') !== value);
  if (different.length === 0) return;
  const done = await tools.relationSet(id, Object.fromEntries(different), bag);
  if (!done) await tools.log('WARNING', `relation-set on ${id} was refused; the next hook tries again`);
}
