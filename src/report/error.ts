import {
  BalancerError,
  CallError,
  CheckError,
  describeProblem,
  exitCodeOf,
  InputError,
  InterruptedError,
  isFailure,
  LockError,
  RequestError,
  ResourceError,
  SessionError,
} from '../errors.ts';
import { lines as safe } from './visible.ts';

/** An error as a person should read it: what failed, where, why, what to do. The stack only for our own errors. */
export function describeError(error: unknown, { debug }: { debug: boolean }): string {
  if (error instanceof InterruptedError && error.cause) return describeError(error.cause, { debug });
  if (error instanceof InputError) return safe(describeProblems(error));
  const lines = [`error: ${place(error)}${error instanceof Error ? error.message : String(error)}`];
  const remedy = remedyOf(error);
  if (remedy) lines.push(`  ${remedy}`);
  if (error instanceof Error && (debug || exitCodeOf(error) === 70)) lines.push(error.stack ?? '');
  return safe(lines.join('\n'));
}

function describeProblems({ problems }: InputError): string {
  const count = problems.length === 1 ? '1 error' : `${problems.length} errors`;
  const [file, ...others] = new Set(problems.map(({ position }) => position?.file ?? 'the input'));
  const where = others.length === 0 ? file : 'the input';
  return [...problems.map(describeProblem), `error: ${count} in ${where}; nothing was changed`].join('\n');
}

function place(error: unknown): string {
  if (error instanceof SessionError) return `${error.node}: `;
  if (error instanceof CallError) return `${error.node}: ${error.call}: `;
  if (error instanceof ResourceError) return `${error.node}: ${error.resource}: `;
  if (error instanceof LockError) return `${error.target}: lock: `;
  if (error instanceof BalancerError) return `${error.node}: rollout/drain: `;
  if (error instanceof CheckError) return `${error.node}: ${error.check}: `;
  if (error instanceof RequestError) return `${error.request.service}: `;
  return '';
}

function remedyOf(error: unknown): string | undefined {
  return isFailure(error) && 'remedy' in error ? error.remedy : undefined;
}
