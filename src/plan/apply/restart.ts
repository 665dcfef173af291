import { CallError, SessionError } from '../../errors.ts';
import type { Failure, Work } from '../../resources/model/resource.ts';
import { isOtherBoot } from '../../resources/reboot/resource.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { nodeOf } from './node-of.ts';
import type { WorkContext } from './work-context.ts';

type Restart = Work & { readonly do: 'restart' };

/** Milliseconds between two looks at a node that is away, and for one to succeed. */
const pollIntervalMs = 5_000;
const timeoutMs = 180_000;

/**
 * Restarts a node and waits until it is back: until it can be reached again and says that it booted since. Gives why it did not
 * help; throws SessionError where the link cannot be opened anew, CallError where the node refuses.
 */
export async function restart(
  { booted, wait }: Restart,
  context: WorkContext,
): Promise<Omit<Failure, 'log'> | undefined> {
  const { activity, clock, signal } = context;
  const session = nodeOf(context.session);
  if (!session.reconnect)
    throw new SessionError(session.node, 'protocol', 'this kind of session cannot be opened anew');
  let asked = await request(context);
  const deadline = clock.now() + wait * 1000;
  activity.progress(`waiting up to ${wait} s for the node to come back`);
  while (clock.now() < deadline) {
    await clock.sleep(pollIntervalMs, signal);
    const state = await readRebootState(context);
    if (!state) continue;
    if (!isOtherBoot(booted, state.booted)) {
      // It is there, as if nobody had asked it: the link may have gone before the request.
      if (!asked) asked = await request(context);
      continue;
    }
    if (state.reasons.length === 0) return undefined;
    return { message: `it is back and still has to be restarted: ${state.reasons.join(', ')}` };
  }
  return { away: true, message: `it was not back after ${wait} s` };
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

/** What a node says over a new link; undefined while it cannot be reached. */
async function readRebootState({
  session,
  signal,
}: WorkContext): Promise<AgentResults['Get-RebootState'] | undefined> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    await nodeOf(session).reconnect?.(within);
    return await session.call<AgentResults['Get-RebootState']>(
      { call: 'Get-RebootState' },
      { signal: within },
    );
  } catch (error) {
    if (signal.aborted) throw error;
    const away = error instanceof SessionError || error instanceof CallError || within.aborted;
    if (!away) throw error;
    return undefined;
  }
}
