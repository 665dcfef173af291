import type { StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { finishFeatures, pendingFeatures } from './windows-feature.ts';

/** When a stand-in node booted that was never restarted. */
const first = '2024-01-01T00:00:00.000Z';
/** Milliseconds until it goes down, so that the answer is under way. */
const delayMs = 200;

/** Nodes that are on their way down: asked again they do not go down twice. */
const restarting = new WeakSet<StandIn>();

export const rebootFunctions = {
  'Get-RebootState': async (_, { node }) => ({
    reasons: pendingFeatures(node).length > 0 ? ['servicing'] : [],
    booted: (node.backing.memory.get('machine', 'booted') as string | undefined) ?? first,
  }),

  // Its links are cut, and it cannot be reached for a moment; its services go on.
  'Restart-Node': async (_, { node }) => {
    if (!restarting.has(node)) setTimeout(() => goDown(node), delayMs);
    restarting.add(node);
    return null;
  },
} satisfies Partial<AgentFunctions>;

function goDown(node: StandIn): void {
  restarting.delete(node);
  finishFeatures(node);
  node.backing.memory.set('machine', 'booted', new Date().toISOString());
  node.power.emit('restart');
}
