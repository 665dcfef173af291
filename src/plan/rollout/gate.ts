import { ResourceError, SessionError } from '../../errors.ts';
import { startActivity } from '../../events/activity.ts';
import type { Emit } from '../../events/events.ts';
import type { Verdict } from '../../events/status.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import type { Session } from '../../session/session.ts';
import type { Clock } from '../apply/clock.ts';
import { diff } from '../model/diff.ts';
import { describeChanges } from '../model/reason.ts';
import { type Connections, nodeSession } from '../observe/make-plan.ts';
import { observe } from '../observe/observe.ts';

/** Tries a node after it changed, from outside and through its session; gives why it is not healthy. */
export type Gate = (
  node: string,
  emit: Emit,
  signal: AbortSignal,
  session: Session,
) => Promise<string | undefined>;

export interface GateOptions {
  readonly emit: Emit;
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  readonly clock: Clock;
  /** Seconds for which the checks of each node have to hold. */
  readonly settle: number;
  readonly gate?: Gate;
}

/** Milliseconds between two looks. */
const pollIntervalMs = 1_000;

/** Why changed nodes are not healthy, by node, and told as `check-finished`; empty when they are. */
export async function findUnhealthy(
  nodes: readonly string[],
  checks: readonly Declaration[],
  connections: Connections,
  options: GateOptions,
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    nodes.map(async (node) => {
      const own = checks.filter((check) => check.node === node);
      return [node, await reasonOf(node, own, connections, options)] as const;
    }),
  );
  return new Map(found.flatMap(([node, reason]) => (reason === undefined ? [] : [[node, reason] as const])));
}

async function reasonOf(
  node: string,
  checks: readonly Declaration[],
  connections: Connections,
  options: GateOptions,
): Promise<string | undefined> {
  const { emit, clock, gate, settle, stop, abort } = options;
  let begun = clock.now();
  const report = (check: string, reason: string | undefined, passed: string): string | undefined => {
    const seconds = Math.round((clock.now() - begun) / 100) / 10;
    const [verdict, message] = verdictOf(reason, passed, stop);
    emit({ kind: 'check-finished', check, node, verdict, seconds, message, evidence: {} });
    begun = clock.now();
    return reason;
  };
  const held = settle > 0 ? await watch(node, checks, connections, options) : undefined;
  if (settle > 0 && report('rollout/settle', held, `healthy for ${settle} s`) !== undefined) return held;
  if (!gate || stop.aborted || abort.aborted) return undefined;
  const session = nodeSession(connections, node);
  if (!session) return 'it is not reached';
  const reason = await gate(node, emit, stop, session);
  return report('rollout/gate', reason, 'its checks pass');
}

/** A check that was interrupted has proven nothing, and is no failure of the node. */
function verdictOf(reason: string | undefined, passed: string, stop: AbortSignal): [Verdict, string] {
  if (reason !== undefined) return ['fail', reason];
  return stop.aborted ? ['skip', 'interrupted'] : ['pass', passed];
}

/** Looks again and again for as long as the node has to settle. Ctrl-C ends it, and is no failure of the node. */
async function watch(
  node: string,
  checks: readonly Declaration[],
  connections: Connections,
  { emit, clock, settle, stop, abort }: GateOptions,
): Promise<string | undefined> {
  const session = connections.get(node);
  if (!session || session instanceof Error) return 'it is not reached';
  const activity = startActivity(emit, `${node}/rollout/settle`, node, `settling for ${settle} s`);
  const end = clock.now() + settle * 1000;
  try {
    while (!stop.aborted) {
      for (const check of checks) {
        const state = await observe(check, session, abort);
        const changes = diff(check.resource.desired(check.spec), state);
        if (changes.length > 0)
          return `${idOf(check)} did not hold: ${describeChanges(changes, { reasons: check.resource.reasons ?? {} })}`;
      }
      const left = end - clock.now();
      if (left <= 0) return undefined;
      await clock.sleep(Math.min(pollIntervalMs, left), abort);
    }
    return undefined;
  } catch (error) {
    if (abort.aborted) return undefined;
    if (error instanceof ResourceError || error instanceof SessionError) return error.message;
    throw error;
  } finally {
    activity.end();
  }
}
