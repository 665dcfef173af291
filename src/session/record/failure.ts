import { CallError, SessionError } from '../../errors.ts';
import type { Asked, Failure } from '../recorder.ts';

/** What a record has of something that was thrown. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  const having = (words: Partial<Record<keyof Failure, string | undefined>>): Failure => ({
    ...{ name, message },
    ...Object.fromEntries(Object.entries(words).filter(([, text]) => text !== undefined)),
  });
  if (error instanceof SessionError) return having({ kind: error.kind, remedy: error.remedy });
  if (error instanceof CallError) return having({ kind: error.kind, category: error.category, at: error.at });
  return having({ cause: error.cause instanceof Error ? error.cause.message : undefined });
}

/** The error that a record has as the answer to a question. */
export function errorOf(node: string, { call }: Asked, failure: Failure): Error {
  const { name, message, kind = '', remedy, category, at, cause } = failure;
  if (name === 'SessionError') return new SessionError(node, kind as SessionError['kind'], message, remedy);
  if (name === 'CallError') return new CallError(node, String(call), kind, message, category, at);
  if (name === 'AbortError' || name === 'TimeoutError') return new DOMException(message, name);
  return new Error(message, { cause: cause === undefined ? undefined : new Error(cause) });
}
