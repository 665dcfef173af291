import {
  BalancerError,
  CallError,
  CheckError,
  describeProblem,
  exitCodeOf,
  FileError,
  InputError,
  InterruptedError,
  isFailure,
  LockError,
  RequestError,
  ResourceError,
  SessionError,
} from '../errors.ts';
import { masked } from '../secret.ts';
import { indented, oneLine, lines as safe } from './visible.ts';

/** An error as a person should read it: what failed, where, why, what to do. The stack only for our own errors. */
export function describeError(error: unknown, { debug }: { debug: boolean }): string {
  if (error instanceof InterruptedError && error.cause) return describeError(error.cause, { debug });
  if (error instanceof InputError) return safe(masked(describeProblems(error)));
  const lines = [`error: ${placeOf(error)}${error instanceof Error ? error.message : String(error)}`];
  const remedy = remedyOf(error);
  if (remedy) lines.push(`  ${remedy}`);
  if (error instanceof Error && (debug || exitCodeOf(error) === 70)) lines.push(error.stack ?? '');
  // What another machine said is in each of them, and none of its lines may pass for one of ours.
  return lines.map((line) => indented(masked(line))).join('\n');
}

function describeProblems({ problems }: InputError): string {
  const count = problems.length === 1 ? '1 error' : `${problems.length} errors`;
  const [file, ...others] = new Set(problems.map(({ position }) => position?.file ?? 'the input'));
  const where = others.length === 0 ? file : 'the input';
  // What another machine said may be in a message; the other lines are ours.
  const told = problems.map((problem) => describeProblem({ ...problem, message: oneLine(problem.message) }));
  return [...told, `error: ${count} in ${where}; nothing was changed`].join('\n');
}

/** Where it failed, with what parts it from the message: `node-1: Set-File: `; nothing where the message says it. */
export function placeOf(error: unknown): string {
  if (error instanceof FileError) return `${error.path}: `;
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
