import { CallError, SessionError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { type Connections, nodeSessions } from '../../plan/observe/make-plan.ts';
import { commandLine } from '../../resources/accounts/command-line.ts';
import type { Session } from '../../session/session.ts';

/** How work goes on after a restart that ends oriel. */
export interface Continuation {
  /** Of the deployment. */
  readonly name: string;
  /** The words behind `oriel` on the command line. */
  readonly command: readonly string[];
  /** Nobody has to be asked again: Windows may repeat the command when it starts. */
  readonly unattended: boolean;
  /** Juju sets it in every hook, and runs another one when the machine is back (Juju, "Hook environment"). */
  readonly isHook: boolean;
}

/** Milliseconds for a start of Windows after which the task is gone, and hours for the run that it begins. */
const startMs = 2 * 3600 * 1000;
const limit = 'PT12H';

/** As this process was started. `unattended`: by somebody who agreed beforehand. */
export function ownContinuation(name: string, unattended: boolean): Continuation {
  return { name, command: process.argv.slice(2), unattended, isHook: Boolean(process.env.JUJU_CONTEXT_ID) };
}

/**
 * Asks the node that oriel runs on to restart, as the last thing that a run does: Windows goes down five seconds later. Sees to who
 * goes on, and says it first. Throws CallError where the node refuses.
 */
export async function restartOwnNode(
  node: string,
  connections: Connections,
  emit: Emit,
  continuation: Continuation,
): Promise<void> {
  const session = nodeSessions(connections).find((one) => one.node === node);
  if (!session) return;
  const next = await whoGoesOn(session, continuation);
  const message = `${node}: Windows restarts now, and ends oriel; ${next}`;
  emit({ kind: 'note', level: 'warning', message });
  try {
    await session.call({ call: 'Restart-Node' });
  } catch (error) {
    // The link goes with the node.
    if (!(error instanceof SessionError)) throw error;
  }
}

async function whoGoesOn(
  session: Session,
  { name, command, unattended, isHook }: Continuation,
): Promise<string> {
  if (isHook) return 'the next hook of the charm goes on';
  const byHand = `go on when it is back: oriel ${commandLine(command)}`;
  if (!unattended) return byHand;
  const task = `after-restart.${name}`;
  try {
    await session.call({
      call: 'Set-StartupTask',
      name: task,
      program: process.execPath,
      arguments: commandLine([process.argv[1] ?? '', ...command]),
      directory: process.cwd(),
      until: localTime(new Date(Date.now() + startMs)),
      ...{ limit, account: 'NT AUTHORITY\\SYSTEM' },
    });
    return `the task ${task} goes on when it is back, as SYSTEM`;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return `${byHand} (no task does: ${error.message})`;
  }
}

/** As the clock of this machine shows it: `2026-01-02T03:04:05`. */
function localTime(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
