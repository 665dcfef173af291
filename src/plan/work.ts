import { CallError } from '../errors.ts';
import type { Declared, Failure, Work } from '../resources/resource.ts';
import type { Session } from '../session/session.ts';
import type { Activity } from './activity.ts';
import { ask } from './ask.ts';
import type { Clock } from './clock.ts';
import { runDetached } from './detached.ts';
import { tail } from './follow-log.ts';
import { errorOf, optionsOf } from './observe.ts';
import { restart } from './restart.ts';

/** All that doing a piece of work takes beside the work itself. */
export interface Doing {
  readonly session: Session;
  readonly activity: Activity;
  readonly clock: Clock;
  /** Given up at once when aborted. */
  readonly signal: AbortSignal;
  /** Told what the operator has to know although the work went well. */
  readonly warn: (message: string) => void;
  /** Told the lines of logs on the node as they come, where somebody wants to see them. */
  readonly log?: (line: string) => void;
}

/**
 * Does one part of a change to its end. Throws SessionError (the link), or ResourceError with what the resource makes of
 * exit code and log.
 */
export async function doWork(declared: Declared, work: Work, doing: Doing): Promise<void> {
  doing.activity.says(work.says);
  try {
    const failure = await begin(work, doing);
    if (failure) throw await explained(declared, work, failure, doing);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw await explained(declared, work, { message: `${error.call}: ${error.message}` }, doing, error);
  }
}

async function begin(work: Work, doing: Doing): Promise<Omit<Failure, 'log'> | undefined> {
  const { session, activity, signal } = doing;
  if (work.do === 'detached') return runDetached(work, doing);
  if (work.do === 'restart') return restart(work, doing);
  if (work.do === 'call') await ask(session, work.call, optionsOf(work.call, signal, work.patience));
  else await session.put(work.upload.source, work.upload.target, { signal, progress: activity.moves });
  return undefined;
}

async function explained(
  declared: Declared,
  work: Work,
  failure: Omit<Failure, 'log'>,
  { session, signal }: Doing,
  cause?: unknown,
): Promise<Error> {
  const { resource, wanted } = declared;
  const log = work.log === undefined ? [] : await tail(session, work.log, 2000, signal);
  const explanation = resource.explain?.(wanted, { ...failure, log }) ?? { cause: failure.message };
  return errorOf(declared, `${work.says}: ${explanation.cause}`, explanation.remedy, cause);
}
