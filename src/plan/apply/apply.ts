import { byNode } from '../../by-node.ts';
import { InternalError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import type { StepResult } from '../../events/status.ts';
import { assertDistinct } from '../../resources/model/distinct.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import { listed } from '../model/reason.ts';
import type { Connections } from '../observe/make-plan.ts';
import { applyStep } from './apply-step.ts';
import { type Clock, systemClock } from './clock.ts';

export interface ApplyOptions {
  readonly emit: Emit;
  /** Aborted: steps under way end, no other begins. */
  readonly stop: AbortSignal;
  /** Aborted: steps under way are given up as well. */
  readonly abort: AbortSignal;
  readonly clock?: Clock;
  /** Ids of the steps that may change something, as the plan says; absent: all of them. */
  readonly allowed?: ReadonlySet<string>;
  /** Tells the logs of programs on the nodes as well. */
  readonly verbose?: boolean;
}

/** How many steps ended in each way. All is in sync when none failed and none was skipped. */
export type Outcome = Readonly<Record<StepResult, number>>;

/**
 * What has begun so far: the result of each step by its id, the ids of those that changed something, and the names of nodes that are
 * restarted once all else is done.
 */
export interface ApplyProgress {
  readonly results: Map<string, Promise<StepResult>>;
  readonly changed: Set<string>;
  readonly postponed: Set<string>;
}

export function startProgress(): ApplyProgress {
  return { results: new Map(), changed: new Set(), postponed: new Set() };
}

/**
 * Brings every declared thing to its desired state: the steps of a node in order, nodes side by side, each step after all
 * that it names. Where a step fails, the rest of its node is skipped and so is what needs it on other nodes.
 */
export async function applySteps(
  declared: readonly Declaration[],
  connections: Connections,
  options: ApplyOptions,
): Promise<Outcome> {
  const progress = startProgress();
  beginSteps(declared, connections, progress, options);
  return count(progress);
}

/** Begins steps; they go on as what they wait for ends. They may name steps that began earlier. Throws InternalError where two
 * have one id. */
export function beginSteps(
  declared: readonly Declaration[],
  connections: Connections,
  progress: ApplyProgress,
  options: ApplyOptions,
): void {
  const { results, changed } = progress;
  assertDistinct(declared);
  const ofNode = byNode(declared);
  const lastOf = new Map<string, string>();
  for (const one of declared) {
    const id = idOf(one);
    if (results.has(id)) throw new InternalError(`${id} has begun already`);
    const last = lastOf.get(one.node);
    const before = [...new Set([...(last ? [last] : []), ...one.needs, ...(one.after ?? [])])];
    const earlier = before.map((need) => {
      const result = results.get(need);
      if (!result) throw new InternalError(`${id} is declared before ${need}, which it waits for`);
      return result;
    });
    const result = Promise.all(earlier).then(async (outcomes) => {
      const broken = before.filter(
        (_, index) => outcomes[index] === 'failed' || outcomes[index] === 'skipped',
      );
      const emit = numbered(options.emit, one, ofNode.get(one.node) ?? []);
      const end = await applyOrSkip(one, connections, broken, progress, { ...options, emit });
      if (end === 'changed') changed.add(id);
      return end;
    });
    // Told below, when the steps of other nodes have ended too.
    result.catch(() => {});
    results.set(id, result);
    lastOf.set(one.node, id);
  }
}

/** Says of what a step does now which of its node's steps it is. */
function numbered(emit: Emit, one: Declaration, own: readonly Declaration[]): Emit {
  const place = { number: own.indexOf(one) + 1, of: own.length };
  return (fact) => emit(fact.kind === 'step-progress' ? { ...fact, ...place } : fact);
}

async function applyOrSkip(
  declared: Declaration,
  connections: Connections,
  broken: readonly string[],
  { changed, postponed }: ApplyProgress,
  { emit, stop, abort, clock = systemClock, allowed, verbose = false }: ApplyOptions,
): Promise<StepResult> {
  const { node } = declared;
  const session = connections.get(node);
  const reason = reasonToSkip(node, session, broken, stop.aborted || abort.aborted);
  if (session && !(session instanceof Error) && reason === undefined)
    return applyStep(declared, session, {
      emit,
      clock,
      abort,
      changed,
      postponed,
      verbose,
      ...(allowed && { allowed }),
    });
  const end = { result: 'skipped', seconds: 0, reason: reason ?? 'no session' } as const;
  emit({ kind: 'step-finished', step: idOf(declared), node, ...end });
  return 'skipped';
}

function reasonToSkip(
  node: string,
  session: unknown,
  broken: readonly string[],
  stopped: boolean,
): string | undefined {
  if (session instanceof Error) return 'the node is not reached';
  if (stopped) return 'not begun: the run was stopped';
  if (broken.length > 0) return `waits for ${listed(node, broken)}`;
  return undefined;
}

/** How all that has begun ended, once it has. Throws what a step threw. */
export async function count({ results }: ApplyProgress): Promise<Outcome> {
  const counts: Record<StepResult, number> = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };
  for (const result of await Promise.allSettled(results.values())) {
    if (result.status === 'rejected') throw result.reason;
    counts[result.value] += 1;
  }
  return counts;
}
