import { randomBytes } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import type { Emit, Event } from '../../events/events.ts';
import type { Deployment } from '../../site/deployment.ts';
import type { Outcome } from '../apply/apply.ts';
import { openJournal } from '../journal/journal.ts';
import { takeLock } from '../locks/lock.ts';
import type { BreakLock } from '../locks/lock-owner.ts';
import { type Interrupt, onInterrupt } from './interrupt.ts';
import type { StateFolder } from './state-folder.ts';

export interface RunOptions {
  readonly verb: string;
  readonly deployment: Pick<Deployment, 'name' | 'release'>;
  readonly folder: StateFolder;
  /** Told every event, after it is in the journal. */
  readonly tell: (event: Event) => void;
  /** Asked where another run may still be at work; without it such a run is left alone. */
  readonly breakLock?: BreakLock | undefined;
}

/**
 * A run that changes nodes: holds the deployment's lock, writes the journal from `run-started` to `run-finished`, and hands
 * Ctrl-C on. Throws ResourceError where another run holds the lock, and what `body` throws.
 */
export async function withRun(
  { verb, deployment, folder, tell, breakLock }: RunOptions,
  body: (emit: Emit, interrupt: Interrupt) => Promise<Outcome>,
): Promise<Outcome> {
  const unlock = await takeLock(folder.lock, deployment.name, verb, breakLock);
  const journal = openJournal(folder.journal);
  const started = new Date();
  const run = `${started.toISOString().replace(/[-:]|\..*/g, '')}-${randomBytes(3).toString('hex')}`;
  const emit: Emit = (fact) => {
    const event: Event = { time: new Date().toISOString(), run, ...fact };
    journal.append(event);
    tell(event);
  };
  const interrupt = onInterrupt(emit);
  const finish = (ok: boolean, outcome: Outcome): void => {
    const seconds = Math.round((Date.now() - started.getTime()) / 100) / 10;
    emit({ kind: 'run-finished', verb, ok, seconds, ...outcome });
  };
  try {
    const { name, release } = deployment;
    emit({ kind: 'run-started', verb, deployment: name, release, who: whoRuns() });
    const outcome = await body(emit, interrupt);
    finish(outcome.failed + outcome.skipped === 0, outcome);
    return outcome;
  } catch (error) {
    finish(false, { changed: 0, unchanged: 0, failed: 1, skipped: 0 });
    throw error;
  } finally {
    interrupt.release();
    journal.close();
    await unlock();
  }
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
