import { CallError, ResourceError, SessionError } from '../../errors.ts';
import { startActivity } from '../../events/activity.ts';
import type { Emit } from '../../events/events.ts';
import { type Declaration, idOf, type UnreadableState } from '../../resources/model/resource.ts';
import type { State } from '../../resources/model/state.ts';
import { maskedStart } from '../../secret.ts';
import type { Connection } from '../../session/session.ts';
import { diff } from '../model/diff.ts';
import { isPlainState } from './plain-state.ts';

/** What looking at one declared thing gave. `skipped`: it depends on something that has yet to change. */
export type Observation =
  | { readonly seen: 'state'; readonly state: State }
  | { readonly seen: 'error'; readonly message: string; readonly remedy?: string }
  | { readonly seen: 'skipped' };

export interface ObserveOptions {
  readonly signal?: AbortSignal;
  /** Told signs of life. */
  readonly emit?: Emit;
  /** Looks also at what depends on pending changes: for a report of what is, not for a plan. */
  readonly all?: boolean;
}

/** The state of one declared thing. Throws SessionError (the link) or ResourceError (it cannot be observed). */
export async function observe(
  declared: Declaration,
  session: Connection,
  signal?: AbortSignal,
): Promise<State> {
  const { resource, spec } = declared;
  try {
    const calls = resource.observe(spec);
    const results = await Promise.all(calls.map((call) => session.call(call, signal && { signal })));
    const state = readResults(declared, results);
    if (isUnreadable(state)) throw errorOf(declared, state.unreadable, state.remedy);
    return state;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw errorOf(declared, `${error.call}: ${error.message}`, undefined, error);
  }
}

/** Looks at everything declared for one node, in order; an answer of `error` stands for the link as well. */
export async function observeNode(
  declared: readonly Declaration[],
  session: Connection,
  { signal, emit, all = false }: ObserveOptions = {},
): Promise<ReadonlyMap<string, Observation>> {
  const observations = new Map<string, Observation>();
  const pending = new Set<string>();
  for (const one of declared) {
    const waits = one.needs.some((id) => pending.has(id));
    const restarts = one.restartsAfter?.some((id) => pending.has(id)) ?? false;
    const observation: Observation =
      waits && !restarts && !all ? { seen: 'skipped' } : await tryObserve(one, session, emit, signal);
    observations.set(idOf(one), observation);
    if (isPending(one, observation)) pending.add(idOf(one));
  }
  return observations;
}

async function tryObserve(
  declared: Declaration,
  session: Connection,
  emit?: Emit,
  signal?: AbortSignal,
): Promise<Observation> {
  const activity = emit && startActivity(emit, idOf(declared), declared.node);
  try {
    return { seen: 'state', state: await observe(declared, session, signal) };
  } catch (error) {
    if (!(error instanceof ResourceError || error instanceof SessionError)) throw error;
    const { message, remedy } = error;
    return { seen: 'error', message, ...(remedy !== undefined && { remedy }) };
  } finally {
    activity?.end();
  }
}

function isPending({ resource, spec }: Declaration, observation: Observation): boolean {
  return observation.seen !== 'state' || diff(resource.desired(spec), observation.state).length > 0;
}

/** A node may answer anything; what a resource cannot make sense of is the node's failure, not ours. */
function readResults(declared: Declaration, results: readonly unknown[]): State | UnreadableState {
  const nonsense = (cause?: unknown): ResourceError =>
    errorOf(
      declared,
      `the agent's answer makes no sense: ${maskedStart(JSON.stringify(results), 200)}`,
      undefined,
      cause,
    );
  let state: State | UnreadableState;
  try {
    state = declared.resource.read(declared.spec, results);
  } catch (error) {
    throw nonsense(error);
  }
  if (!isPlainState(state)) throw nonsense();
  return state;
}

function isUnreadable(state: State | UnreadableState): state is UnreadableState {
  return typeof state.unreadable === 'string';
}

/** A ResourceError about what is declared. */
export function errorOf(
  { node, resource, name }: Declaration,
  message: string,
  remedy?: string,
  cause?: unknown,
): ResourceError {
  return new ResourceError(node, `${resource.kind}/${name}`, message, remedy, { cause });
}
