import { CallError, ResourceError, SessionError } from '../../errors.ts';
import { type Activity, startActivity } from '../../events/activity.ts';
import type { Emit } from '../../events/events.ts';
import type { StepAction, StepResult } from '../../events/status.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import type { State } from '../../resources/model/state.ts';
import type { Connection } from '../../session/session.ts';
import { actionDone, actionOf, diff } from '../model/diff.ts';
import { describeChanges, reasonToRestart } from '../model/reason.ts';
import { errorOf, observe } from '../observe/observe.ts';
import type { Clock } from './clock.ts';
import { adopt, forgetEnded } from './detached.ts';
import { PostponedError } from './restart.ts';
import { doWork } from './work.ts';
import type { WorkContext } from './work-context.ts';

export interface StepContext {
  readonly emit: Emit;
  readonly clock: Clock;
  /** Aborted: the step is given up at once, whatever it is in the middle of. */
  readonly abort: AbortSignal;
  /** Ids of the steps that this run has changed so far. */
  readonly changed: ReadonlySet<string>;
  /** Names of nodes that are restarted when this run has done all else: those are added that have to be. */
  readonly postponed: Set<string>;
  /** Ids of the steps that may change something; absent: all of them. */
  readonly allowed?: ReadonlySet<string>;
  /** Tells the logs of programs on the nodes as well. */
  readonly verbose?: boolean;
}

interface StepOutcome {
  readonly result: StepResult;
  readonly reason: string;
  readonly action?: StepAction;
  readonly remedy?: string;
}

/** Looks, changes what differs, and looks again; tells `step-started` before the first change and `step-finished` at the end. */
export async function applyStep(
  declared: Declaration,
  session: Connection,
  context: StepContext,
): Promise<StepResult> {
  const { emit, clock, abort, postponed } = context;
  const { node } = declared;
  const step = idOf(declared);
  const begun = clock.now();
  const activity = startActivity(emit, step, node);
  const finish = (outcome: StepOutcome): StepResult => {
    const seconds = Math.round((clock.now() - begun) / 100) / 10;
    emit({ kind: 'step-finished', step, node, seconds, ...outcome });
    return outcome.result;
  };
  try {
    return finish(await converge(declared, session, activity, context));
  } catch (error) {
    if (error instanceof PostponedError) {
      postponed.add(node);
      return finish({ result: 'skipped', reason: error.message });
    }
    return finish({ result: 'failed', ...failureOf(error, abort.aborted, activity) });
  } finally {
    activity.end();
  }
}

/** Throws again what no node can be blamed for. */
function failureOf(error: unknown, aborted: boolean, activity: Activity): Omit<StepOutcome, 'result'> {
  if (aborted)
    return {
      reason: `aborted (${activity.current()}); the state is unknown`,
      remedy: 'apply again: it reads the state first',
    };
  if (error instanceof CallError) return { reason: `${error.call}: ${error.message}` };
  if (!(error instanceof ResourceError || error instanceof SessionError)) throw error;
  const { message: reason, remedy } = error;
  return { reason, ...(remedy !== undefined && { remedy }) };
}

async function converge(
  declared: Declaration,
  session: Connection,
  activity: Activity,
  context: StepContext,
): Promise<StepOutcome> {
  const { emit, abort, changed, allowed } = context;
  const { resource, spec, node } = declared;
  const step = idOf(declared);
  const desired = resource.desired(spec);
  const workContext = workContextOf(declared, session, activity, context);
  const before = await observe(declared, session, abort);
  const changes = diff(desired, before);
  if (changes.length === 0) {
    await forgetEnded(resource.runs?.(spec) ?? [], workContext);
    return { result: 'unchanged', reason: 'in sync' };
  }
  if (allowed && !allowed.has(step) && resource.does !== 'check')
    throw errorOf(declared, `not in the plan, and now: ${describeChanges(changes, resource)}`, 'plan again');
  emit({
    kind: 'step-started',
    step,
    node,
    action: actionOf(changes, resource.does),
    changes,
    desired,
    ...(resource.identity && { identity: resource.identity(spec) }),
  });
  await change(declared, before, workContext);
  await forgetEnded(resource.runs?.(spec) ?? [], workContext);
  await settled(declared, workContext);
  const causes = declared.restartsAfter?.filter((id) => changed.has(id)) ?? [];
  if (resource.does === 'check') return { result: 'unchanged', reason: 'in sync after a while' };
  const restarts = causes.length > 0 && changes.length === 1;
  if (restarts) return { result: 'changed', action: 'restarted', reason: reasonToRestart(node, causes) };
  const reason = describeChanges(changes, resource);
  return { result: 'changed', action: actionDone(changes, resource), reason };
}

function workContextOf(
  declared: Declaration,
  session: Connection,
  activity: Activity,
  { emit, clock, abort, verbose }: StepContext,
): WorkContext {
  const { node } = declared;
  const step = idOf(declared);
  return {
    session,
    activity,
    clock,
    signal: abort,
    warn: (message) => emit({ kind: 'note', level: 'warning', message: `${node}: ${message}` }),
    ...(verbose && { log: (line: string) => emit({ kind: 'step-log', step, node, line }) }),
  };
}

/** Does the work that `observed` asks for; what an earlier run left under way is ended first, and may be all there is to do. */
async function change(declared: Declaration, observed: State, workContext: WorkContext): Promise<void> {
  const { resource, spec } = declared;
  let works = resource.change(spec, observed);
  if (await adopt(works, workContext)) {
    const now = await observe(declared, workContext.session, workContext.signal);
    if (diff(resource.desired(spec), now).length === 0) return;
    works = resource.change(spec, now);
  }
  for (const work of works) await doWork(declared, work, workContext);
}

/** Looks until the state is as desired, for as long as the resource may take. Throws ResourceError when it stays different. */
async function settled(
  declared: Declaration,
  { session, activity, clock, signal }: WorkContext,
): Promise<void> {
  const { resource, spec } = declared;
  const timeoutSeconds = resource.settle?.(spec) ?? 0;
  const deadline = clock.now() + timeoutSeconds * 1000;
  activity.progress(
    timeoutSeconds > 0 ? `waiting up to ${timeoutSeconds} s for the result` : 'checking the result',
  );
  for (;;) {
    const state = await observe(declared, session, signal);
    const changes = diff(resource.desired(spec), state);
    if (changes.length === 0) return;
    if (clock.now() >= deadline) {
      const after = timeoutSeconds > 0 ? `after ${timeoutSeconds} s` : 'after the change';
      const { reasons = {} } = resource;
      const error = typeof state.error === 'string' ? ` (${state.error})` : '';
      throw errorOf(declared, `${after} still: ${describeChanges(changes, { reasons })}${error}`);
    }
    await clock.sleep(1_000, signal);
  }
}
