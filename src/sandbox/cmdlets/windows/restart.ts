import type { StandIn } from '../../node/backing.ts';
import { finishFeatures, pendingFeatures } from './features.ts';

/** When a node of the sandbox booted that was never restarted. */
const first = '2024-01-01T00:00:00.000Z';
/** Milliseconds until it goes down, so that the answer is under way. */
const delayMs = 200;

/** Nodes that are on their way down: asked again they do not go down twice. */
const restarting = new WeakSet<StandIn['power']>();

/** When Windows booted, ISO 8601. */
export function bootedAt(node: StandIn): string {
  return (node.backing.memory.get('machine', 'booted') as string | undefined) ?? first;
}

/** When the first process of this boot started, ISO 8601: no clock that is set moves that. */
export function firstProcessAt(node: StandIn): string {
  return (node.backing.memory.get('machine', 'first-process') as string | undefined) ?? first;
}

/** Why a node waits for a restart, in the words of Get-RebootState. */
export function restartReasons(node: StandIn): readonly string[] {
  return [
    ...(pendingFeatures(node).length > 0 ? ['servicing'] : []),
    ...(node.faults.isOn('restart-pending') ? ['updates'] : []),
  ];
}

/** Lets a node go down to come back: its links are cut, and it cannot be reached for a moment; its services go on. */
export function restart(node: StandIn): void {
  if (!restarting.has(node.power)) setTimeout(() => void goDown(node), delayMs);
  restarting.add(node.power);
}

async function goDown(node: StandIn): Promise<void> {
  await finishFeatures(node).catch(() => {});
  restarting.delete(node.power);
  const now = new Date().toISOString();
  for (const key of ['booted', 'first-process']) node.backing.memory.set('machine', key, now);
  node.power.emit('restart');
}
