import type { Emit } from '../../events/events.ts';
import type { Declaration } from '../../resources/model/resource.ts';
import { type Clock, systemClock } from '../apply/clock.ts';
import type { Connections } from '../observe/make-plan.ts';
import { type Draining, drainedNodes, undrain } from './drain.ts';
import { findUnhealthy } from './gate.ts';

export interface UndrainOptions {
  readonly draining: Draining;
  readonly emit: Emit;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  readonly clock?: Clock;
}

/** The nodes of a batch once it was changed. */
export interface ChangedBatch {
  readonly batch: readonly string[];
  /** Not healthy. */
  readonly unhealthy: readonly string[];
  /** A step failed; the service may be as well as it was before. */
  readonly suspect: readonly string[];
}

/**
 * Puts the healthy nodes of a batch back, also those whose service is well although a step failed. One that is not well stays
 * out, and it is said. Gives, by node, why one could not be put back.
 */
export async function undrainHealthy(
  { batch, unhealthy, suspect }: ChangedBatch,
  own: readonly Declaration[],
  connections: Connections,
  options: UndrainOptions,
): Promise<ReadonlyMap<string, string>> {
  const { emit, stop, abort, clock = systemClock, draining } = options;
  if (abort.aborted) return new Map();
  const checks = own.filter(({ resource }) => resource.does === 'check');
  const bad = await findUnhealthy(suspect, checks, connections, { emit, stop, abort, clock, settle: 1 });
  const healthy = batch.filter((node) => !unhealthy.includes(node) && !bad.has(node));
  const refused = await undrain(healthy, draining, connections, options);
  const out = (await drainedNodes(connections)).filter((node) => batch.includes(node) && !refused.has(node));
  const message = `${out.join(', ')}: not put back into the load balancer before an apply finds it healthy`;
  if (out.length > 0) emit({ kind: 'note', level: 'warning', message });
  return refused;
}

/** Puts nodes back that are in sync, and that an earlier run took out and did not put back. */
export async function undrainUnchanged(
  unchanged: ReadonlySet<string>,
  connections: Connections,
  options: UndrainOptions,
): Promise<void> {
  const { draining, emit } = options;
  const note = (message: string): void => emit({ kind: 'note', level: 'warning', message });
  const left = (await drainedNodes(connections)).filter((node) => unchanged.has(node));
  if (left.length > 0)
    note(`${left.join(', ')}: an earlier run left it out of the load balancer: it is put back`);
  for (const [node, reason] of await undrain(left, draining, connections, options))
    note(`${node}: ${reason}`);
}
