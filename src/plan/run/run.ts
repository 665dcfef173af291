import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { ConsentError, InterruptedError } from '../../errors.ts';
import type { Emit, Event } from '../../events/events.ts';
import { maskedFact } from '../../events/masked.ts';
import type { RunResult } from '../../events/status.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { Outcome } from '../apply/apply.ts';
import { openJournal } from '../journal/journal.ts';
import { takeLock } from '../locks/lock.ts';
import type { BreakLock } from '../locks/lock-owner.ts';
import { type Interrupt, interrupted, onInterrupt } from './interrupt.ts';
import type { StateFolder } from './state-folder.ts';

export interface RunOptions {
  readonly verb: string;
  readonly deployment: Pick<Deployment, 'name' | 'release'>;
  readonly folder: StateFolder;
  /** Told every event, after it is in the journal. */
  readonly onEvent: (event: Event) => void;
  /** Asked where another run may still be at work; without it such a run is left alone. */
  readonly breakLock?: BreakLock | undefined;
  /** Ends the run as Ctrl-C does. */
  readonly interrupt?: Pick<Interrupt, 'stop' | 'abort'> | undefined;
}

/** How a run ended, and how its steps did. */
export interface RunEnd extends Outcome {
  readonly result: RunResult;
}

/** What a run did, and whether the node that oriel runs on restarts before all is done. */
export interface RunOutcome extends Outcome {
  readonly restarting?: boolean;
}

const nothing: Outcome = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };

/**
 * A run that changes nodes: holds the deployment's lock, writes the journal from `run-started` to `run-finished`, and hands
 * Ctrl-C on. A program that exits in its middle gives back the lock and ends the journal all the same. `body` gives `declined` where nobody agreed. Throws LockError where another run holds the lock, what `body`
 * throws, and InterruptedError in place of what failed after Ctrl-C.
 */
export async function withRun(
  { verb, deployment, folder, onEvent, breakLock, interrupt: outer }: RunOptions,
  body: (emit: Emit, interrupt: Interrupt) => Promise<RunOutcome | 'declined'>,
): Promise<RunEnd> {
  const unlock = await takeLock(folder.lock, deployment.name, verb, breakLock);
  const journal = openJournal(folder.journal);
  const started = new Date();
  const run = `${started.toISOString().replace(/[-:]|\..*/g, '')}-${randomBytes(3).toString('hex')}`;
  const emit: Emit = (fact) => {
    const event: Event = { time: new Date().toISOString(), run, ...maskedFact(fact) };
    journal.append(event);
    onEvent(event);
  };
  const interrupt = onInterrupt(emit, undefined, outer);
  const finish = (end: RunEnd, ok: boolean): void => {
    const seconds = Math.round((Date.now() - started.getTime()) / 100) / 10;
    emit({ kind: 'run-finished', verb, ok, seconds, ...end });
  };
  const exiting = (): void => {
    unlock();
    try {
      finish({ ...nothing, result: 'interrupted' }, false);
    } catch {
      // The exit code says it.
    }
  };
  process.once('exit', exiting);
  try {
    const { name, release } = deployment;
    emit({ kind: 'run-started', verb, deployment: name, release, who: whoRuns() });
    const end = endOf(await body(emit, interrupt), interrupt.stop.aborted);
    finish(end, end.result === 'done' || end.result === 'declined');
    return end;
  } catch (error) {
    const thrown = interrupted(error, interrupt);
    finish(endBy(thrown), false);
    throw thrown;
  } finally {
    process.off('exit', exiting);
    interrupt.release();
    journal.close();
    unlock();
  }
}

/** What all steps brought to an end is done, also where Ctrl-C came too late to end anything. */
function endOf(end: RunOutcome | 'declined', stopped: boolean): RunEnd {
  if (end === 'declined') return { ...nothing, result: stopped ? 'interrupted' : 'declined' };
  const { restarting, ...outcome } = end;
  if (outcome.failed + outcome.skipped === 0) return { ...outcome, result: 'done' };
  const isInterrupted = stopped || (restarting && outcome.failed === 0);
  return { ...outcome, result: isInterrupted ? 'interrupted' : 'failed' };
}

function endBy(error: unknown): RunEnd {
  if (error instanceof ConsentError) return { ...nothing, result: 'declined' };
  if (error instanceof InterruptedError) return { ...nothing, result: 'interrupted' };
  return { ...nothing, failed: 1, result: 'failed' };
}

/** `user@host`; a user without a name in the system's list goes by the number. */
function whoRuns(): string {
  let user = String(process.getuid?.() ?? 'unknown');
  try {
    user = userInfo().username;
  } catch {
    // ERR_SYSTEM_ERROR: containers have users that no list knows.
  }
  return `${user}@${hostname()}`;
}
