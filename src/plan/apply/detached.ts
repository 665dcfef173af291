import { CallError } from '../../errors.ts';
import type { Failure, Work } from '../../resources/model/resource.ts';
import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Session } from '../../session/session.ts';
import { followLog } from './follow-log.ts';
import type { WorkContext } from './work-context.ts';

type Detached = Work & { readonly do: 'detached' };

type Process = AgentResults['Get-DetachedProcess'];

/** Milliseconds between two looks at a process, and between two tries of one that was told "not now". */
const pollIntervalMs = 1_000;
const retryDelayMs = 5_000;
/** Installed, and Windows wants a restart (ERROR_SUCCESS_REBOOT_REQUIRED, ERROR_SUCCESS_REBOOT_INITIATED). */
const rebootWanted = [3010, 1641];

/**
 * Looks for work of an earlier run under its name: waits for it where it runs, forgets it where it has ended. True: there
 * was some, so that what was observed before may not hold any longer.
 */
export async function adopt(works: readonly Work[], context: WorkContext): Promise<boolean> {
  let found = false;
  for (const work of works) {
    if (work.do !== 'detached') continue;
    const { state } = await readProcess(context, work.name);
    if (state === 'absent') continue;
    found = true;
    if (state === 'running') {
      context.activity.progress(`${work.description}: an earlier run began it, waits for its end`);
      const process = await ended(
        work,
        context,
        context.clock.now() + work.timeout * 1000,
        await followLog(work.log, context),
      );
      // Too slow: what comes next looks, finds the difference and meets the same process again.
      if (process.state === 'running') continue;
    }
    await forget(context, work.name);
  }
  return found;
}

/**
 * Forgets work of earlier runs that has ended, however it did, once what it was to do is done. Only with the lock of the node, as a run
 * that waits for the end of its work reads the exit code there.
 */
export async function forgetEnded(names: readonly string[], context: WorkContext): Promise<void> {
  for (const name of names)
    try {
      const { state } = await readProcess(context, name);
      if (state === 'exited' || state === 'lost') await forget(context, name);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      context.warn(`what is known of the earlier run ${name} stays: ${error.message}`);
    }
}

/** Starts the work and waits for its end; starts it again while it says "not now". Gives its failure, if it failed. */
export async function runDetached(
  work: Detached,
  context: WorkContext,
): Promise<Omit<Failure, 'log'> | undefined> {
  const { activity, clock, signal, warn } = context;
  const deadline = clock.now() + work.timeout * 1000;
  const reportLog = await followLog(work.log, context);
  for (;;) {
    await start(work, context);
    const { state, exitCode } = await ended(work, context, deadline, reportLog);
    if (state === 'running')
      return { message: `${work.file} still runs after ${work.timeout} s; it was left running` };
    await forget(context, work.name);
    if (exitCode === undefined)
      return { message: `${work.file} is gone and left no exit code; was the node restarted?` };
    if (work.success.includes(exitCode)) {
      if (rebootWanted.includes(exitCode))
        warn('Windows asks for a restart of the node to end the installation');
      return undefined;
    }
    if (!work.retry?.includes(exitCode) || clock.now() + retryDelayMs > deadline)
      return { message: `${work.file} ended with exit code ${exitCode}`, exitCode };
    activity.progress(`${work.description}: another one is running on the node, waits for its turn`);
    await clock.sleep(retryDelayMs, signal);
  }
}

async function start({ name, file, arguments: list }: Detached, context: WorkContext): Promise<void> {
  try {
    await call(context, { call: 'Start-DetachedProcess', name, file, arguments: list });
  } catch (error) {
    // Somebody else began it a moment ago: then its end is ours.
    if (!(error instanceof CallError && error.kind === 'AlreadyRunning')) throw error;
  }
}

/** The process when it has ended, or as it still runs at the deadline. */
async function ended(
  work: Detached,
  context: WorkContext,
  deadline: number,
  reportLog: () => Promise<void>,
): Promise<Process> {
  for (;;) {
    const process = await readProcess(context, work.name);
    await reportLog();
    if (process.state !== 'running' || context.clock.now() > deadline) return process;
    await context.clock.sleep(pollIntervalMs, context.signal);
  }
}

function readProcess(context: WorkContext, name: string): Promise<Process> {
  return call(context, { call: 'Get-DetachedProcess', name });
}

function forget(context: WorkContext, name: string): Promise<null> {
  return call(context, { call: 'Remove-DetachedProcess', name });
}

function call<Result>(
  { session, signal }: WorkContext,
  request: Parameters<Session['call']>[0],
): Promise<Result> {
  return session.call<Result>(request, { signal });
}
