import { CallError } from '../../errors.ts';
import type { Declaration, Failure, Work } from '../../resources/model/resource.ts';
import { errorOf } from '../observe/observe.ts';
import { runDetached } from './detached.ts';
import { tail } from './follow-log.ts';
import { nodeOf } from './node-of.ts';
import { restart } from './restart.ts';
import type { WorkContext } from './work-context.ts';

/**
 * Does one part of a change to its end. Throws SessionError (the link), or ResourceError with what the resource makes of
 * exit code and log.
 */
export async function doWork(declared: Declaration, work: Work, context: WorkContext): Promise<void> {
  context.activity.progress(work.description);
  try {
    const failure = await begin(work, context);
    if (failure) throw await explained(declared, work, failure, context);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw await explained(declared, work, { message: `${error.call}: ${error.message}` }, context, error);
  }
}

async function begin(work: Work, context: WorkContext): Promise<Omit<Failure, 'log'> | undefined> {
  const { session, activity, signal } = context;
  if (work.do === 'detached') return runDetached(work, context);
  if (work.do === 'restart') return restart(work, context);
  if (work.do === 'call') await session.call(work.call, { signal });
  else {
    const { source, target } = work.upload;
    await nodeOf(session).put(source, target, { signal, progress: activity.transferred });
  }
  return undefined;
}

async function explained(
  declared: Declaration,
  work: Work,
  failure: Omit<Failure, 'log'>,
  { session, signal }: WorkContext,
  cause?: unknown,
): Promise<Error> {
  const { resource, spec } = declared;
  const log = work.log === undefined ? [] : await tail(session, work.log, 2000, signal);
  const explanation = resource.explain?.(spec, { ...failure, log }) ?? { cause: failure.message };
  return errorOf(declared, `${work.description}: ${explanation.cause}`, explanation.remedy, cause);
}
