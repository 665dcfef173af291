import { CallError, SessionError } from '../../errors.ts';
import type { Failure, Work } from '../../resources/model/resource.ts';
import { clockWasSet, isOtherBoot } from '../../resources/reboot/boot.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { nodeOf } from './node-of.ts';
import type { WorkContext } from './work-context.ts';

type Restart = Work & { readonly do: 'restart' };
type RebootState = AgentResults['Get-RebootState'];

/** Milliseconds before a probe of the node: they grow, as a node that is long away is not back in a second. */
const pauses = { first: 1_000, last: 12_000 };
/** Milliseconds for a probe: they grow too, as PowerShell on a node that comes up may take long to start. */
const limits: ProbeLimits = { first: 5_000, last: 60_000 };

function grown(ms: number, most: number): number {
  return Math.min(Math.round(ms * 1.5), most);
}

export interface ProbeLimits {
  readonly first: number;
  readonly last: number;
}

/** A node was not restarted yet: oriel runs on it, and would end with it. */
export class PostponedError extends Error {
  override readonly name = 'PostponedError';
}

/**
 * Restarts a node and waits until it is back: until it says over a new session that it booted since. That a port takes connections, or
 * took none for a while, says nothing. Gives why it did not help; throws SessionError where the link cannot be opened anew, CallError
 * where the node refuses, PostponedError where oriel runs on it.
 */
export async function restart(
  { before, wait }: Restart,
  context: WorkContext,
  { first, last }: ProbeLimits = limits,
): Promise<Omit<Failure, 'log'> | undefined> {
  const { activity, clock, signal, warn } = context;
  const session = nodeOf(context.session);
  if (session.onController)
    throw new PostponedError('Windows is restarted at the end of this run; the next one goes on');
  if (!session.reconnect)
    throw new SessionError(session.node, 'protocol', 'this kind of session cannot be opened anew');
  let asked = await request(context);
  const deadline = clock.now() + wait * 1000;
  activity.progress(`waiting up to ${wait} s for the node to come back`);
  let [pause, limit] = [pauses.first, first];
  let wasSet = false;
  let seen: Seen = { what: 'it was not looked at', since: new Date() };
  while (clock.now() < deadline) {
    await clock.sleep(pause, signal);
    const state = await probe(context, limit);
    [pause, limit] = [grown(pause, pauses.last), grown(limit, last)];
    if (typeof state === 'string') {
      seen = sighting(seen, state);
      continue;
    }
    if (isOtherBoot(before, state)) return stillNeeded(state);
    seen = sighting(seen, 'it answers and has not restarted');
    if (!wasSet && clockWasSet(before, state)) warn(clockSet(session.node));
    wasSet ||= clockWasSet(before, state);
    // It is there, as if nobody had asked it: the link may have gone before the request.
    if (!asked) asked = await request(context);
  }
  const since = seen.since.toTimeString().slice(0, 8);
  return { away: true, message: `it was not back after ${wait} s: ${seen.what} (since ${since})` };
}

function clockSet(node: string): string {
  return `${node}: its clock was set while it was to restart, which moved its boot time; it has not restarted yet`;
}

/** What was seen of a node that is away, and since when nothing else was. */
interface Seen {
  readonly what: string;
  readonly since: Date;
}

function sighting(last: Seen, what: string): Seen {
  return last.what === what ? last : { what, since: new Date() };
}

function stillNeeded({ reasons }: RebootState): Omit<Failure, 'log'> | undefined {
  if (reasons.length === 0) return undefined;
  return { message: `it is back and still has to be restarted: ${reasons.join(', ')}` };
}

/** Whether the node has answered. Where the link goes before that, it may be on its way down or may not; asking twice does no harm. */
async function request({ session, signal }: WorkContext): Promise<boolean> {
  try {
    await session.call({ call: 'Restart-Node' }, { signal });
    return true;
  } catch (error) {
    if (signal.aborted || !(error instanceof SessionError)) throw error;
    return false;
  }
}

/**
 * Opens a session anew and asks for the boot, all within one limit; the old link is dropped, as it may stay open for long with nobody
 * behind it. Gives what was seen instead where that does not succeed.
 */
async function probe({ session, signal }: WorkContext, limit: number): Promise<RebootState | string> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  try {
    await nodeOf(session).reconnect?.(within);
    return await session.call<RebootState>({ call: 'Get-RebootState' }, { signal: within });
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof SessionError || error instanceof CallError) return error.message;
    if (!within.aborted) throw error;
    return 'it does not start the agent in time';
  }
}
