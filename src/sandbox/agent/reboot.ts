import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { agentFunction } from './function.ts';
import { finishFeatures, pendingFeatures } from './windows-feature.ts';

/** When a stand-in node booted that was never restarted. */
const first = '2024-01-01T00:00:00.000Z';
/** Milliseconds until it goes down, so that the answer is under way. */
const delay = 200;

export const getRebootState = agentFunction(z.strictObject({}), async (_, { node }) => ({
  reasons: pendingFeatures(node).length > 0 ? ['servicing'] : [],
  booted: node.backing.memory.get('machine', 'booted') ?? first,
}));

/** Nodes that are on their way down: asked again they do not go down twice. */
const going = new WeakSet<StandIn>();

/** Its links are cut, and it cannot be reached for a moment; its services go on. */
export const restartNode = agentFunction(z.strictObject({}), async (_, { node }) => {
  if (!going.has(node)) setTimeout(() => goDown(node), delay);
  going.add(node);
  return null;
});

function goDown(node: StandIn): void {
  going.delete(node);
  finishFeatures(node);
  node.backing.memory.set('machine', 'booted', new Date().toISOString());
  node.power.emit('restart');
}
