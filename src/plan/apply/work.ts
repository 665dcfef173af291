import { CallError } from '../../errors.ts';
import type { Declared, Failure, Work } from '../../resources/model/resource.ts';
import { ask } from '../observe/ask.ts';
import { errorOf, optionsOf } from '../observe/observe.ts';
import { runDetached } from './detached.ts';
import { tail } from './follow-log.ts';
import { restart } from './restart.ts';
import type { Doing } from './work-context.ts';

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
