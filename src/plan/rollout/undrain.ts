import type { Emit } from '../../events/events.ts';
import type { Declared } from '../../resources/model/resource.ts';
import { type Clock, systemClock } from '../apply/clock.ts';
import type { Reached } from '../observe/make-plan.ts';
import { type Draining, leftOut, putBack } from './drain.ts';
import { unhealthy } from './gate.ts';

export interface PutBackOptions {
  readonly draining: Draining;
  readonly emit: Emit;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  readonly clock?: Clock;
}

/** The nodes of a batch once it was changed. */
export interface Changed {
  readonly batch: readonly string[];
  /** Not healthy. */
  readonly sick: readonly string[];
  /** A step failed; the service may be as well as it was before. */
  readonly doubtful: readonly string[];
}

/**
 * Puts the healthy nodes of a batch back, also those whose service is well although a step failed. One that is not well stays
 * out, and it is said. Gives, by node, why one could not be put back.
 */
export async function putBackHealthy(
  { batch, sick, doubtful }: Changed,
  own: readonly Declared[],
  reached: Reached,
  options: PutBackOptions,
): Promise<ReadonlyMap<string, string>> {
  const { emit, stop, abort, clock = systemClock, draining } = options;
  if (abort.aborted) return new Map();
  const checks = own.filter(({ resource }) => resource.does === 'check');
  const bad = await unhealthy(doubtful, checks, reached, { emit, stop, abort, clock, settle: 1 });
  const healthy = batch.filter((node) => !sick.includes(node) && !bad.has(node));
  const refused = await putBack(healthy, draining, reached, options);
  const out = (await leftOut(reached)).filter((node) => batch.includes(node) && !refused.has(node));
  const message = `${out.join(', ')}: not put back into the load balancer before an apply finds it healthy`;
  if (out.length > 0) emit({ kind: 'note', level: 'warning', message });
  return refused;
}

/** Puts nodes back that are as wanted, and that an earlier run took out and did not put back. */
export async function putBackQuiet(
  quiet: ReadonlySet<string>,
  reached: Reached,
  options: PutBackOptions,
): Promise<void> {
  const { draining, emit } = options;
  const note = (message: string): void => emit({ kind: 'note', level: 'warning', message });
  const left = (await leftOut(reached)).filter((node) => quiet.has(node));
  if (left.length > 0)
    note(`${left.join(', ')}: an earlier run left it out of the load balancer: it is put back`);
  for (const [node, reason] of await putBack(left, draining, reached, options)) note(`${node}: ${reason}`);
}
