import { setMaxListeners } from 'node:events';
import { hintFor } from '../diagnosis/hint.ts';
import { knownErrors } from '../diagnosis/known-errors.ts';
import type { KnownError } from '../diagnosis/model/known-error.ts';
import { type ExpectedError, InternalError, isFailure, SessionError } from '../errors.ts';
import { startActivity } from '../events/activity.ts';
import type { Emit } from '../events/events.ts';
import { maskedFact } from '../events/masked.ts';
import type { Connection, Session } from '../session/session.ts';
import {
  type Check,
  type CheckContext,
  type CheckOutcome,
  type CheckResult,
  checkName,
  fail,
  skip,
} from './check.ts';
import { groupsOf, inOrder } from './order.ts';
import { type Ask, askOnce } from './questions.ts';

export interface CheckRunOptions {
  /** Sessions of the nodes that are reached, and why others are not. */
  readonly connections: ReadonlyMap<string, Connection | Error>;
  readonly emit: Emit;
  /** What is known of errors that messages tell; those of Windows, SMB and clusters when absent. */
  readonly errors?: readonly KnownError[];
  /** Aborted: no further check but those that clean up. */
  readonly signal: AbortSignal;
}

/** What all checks of a run share. */
type Run = CheckRunOptions & { readonly ask: Ask };
/** How far a run is: results by id. */
type Results = ReadonlyMap<string, CheckResult>;

/**
 * Runs every check after what it needs, and tells each as it ends. What needs a check that failed or was skipped is skipped.
 * Throws what is no error of a service, a session or a resource.
 */
export async function runChecks(
  checks: readonly Check[],
  options: CheckRunOptions,
): Promise<readonly CheckResult[]> {
  // Checks of all nodes listen at once: many of them are no leak.
  setMaxListeners(0, options.signal);
  const results = new Map<string, CheckResult>();
  const ask = askOnce(checks.flatMap(({ node, asks = [] }) => asks.map((call) => ({ node, call }))));
  const within = { ...options, ask };
  for (const group of groupsOf(inOrder(checks))) {
    const ended = await Promise.all(group.map((check) => timed(check, results, within)));
    for (const [index, result] of ended.entries()) {
      results.set(group[index]?.id ?? '', result);
      options.emit(result);
    }
  }
  return [...results.values()];
}

async function timed(check: Check, results: Results, options: Run): Promise<CheckResult> {
  const begun = performance.now();
  const started = new Date().toISOString();
  const { verdict, message, evidence = {}, ...known } = await find(check, results, options);
  const hint = verdict === 'fail' ? hintFor(options.errors ?? knownErrors, message) : undefined;
  const advice = known.remedy ?? hint?.remedy ?? (verdict === 'fail' ? check.remedy : undefined);
  const cause = known.cause ?? hint?.cause;
  return maskedFact({
    kind: 'check-finished',
    check: checkName(check),
    node: check.node,
    title: check.title,
    verdict,
    started,
    seconds: Math.round(performance.now() - begun) / 1000,
    message,
    evidence,
    ...(cause !== undefined && { cause }),
    ...(advice !== undefined && { remedy: advice }),
  });
}

async function find(check: Check, results: Results, options: Run): Promise<CheckOutcome> {
  const { ask, emit, signal } = options;
  for (const id of check.needs) {
    const verdict = results.get(id)?.verdict;
    if (verdict === 'fail') return skip(`needs ${id}, which failed`);
    if (verdict === 'skip') return skip(`needs ${id}, which was skipped`);
  }
  const stopped = (): boolean => signal.aborted && !check.cleansUp;
  if (stopped()) return skip('interrupted');
  const activity = startActivity(emit, check.id, check.node, check.title);
  const context: CheckContext = {
    ...{ activity, ask, signal },
    evidence: (id) => results.get(id)?.evidence ?? {},
    session: (node) => sessionOf(node, options),
  };
  try {
    return await check.run(context);
  } catch (error) {
    if (!isFailure(error)) throw error;
    return stopped() ? skip('interrupted') : fail(error.message, remedyOf(error));
  } finally {
    activity.end();
  }
}

function sessionOf(node: string, { connections }: CheckRunOptions): Session {
  const session = connections.get(node);
  if (!session) throw new SessionError(node, 'unreachable', 'it is not reached');
  if (session instanceof Error) throw session;
  if (session.kind !== 'node') throw new InternalError(`a check takes ${node} for a node`);
  return session;
}

function remedyOf(error: ExpectedError): string | undefined {
  return 'remedy' in error ? error.remedy : undefined;
}
