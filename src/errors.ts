/** Where in a text file something is; lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One error in the input. `path` is the way to the key (`nodes.node-1.via`), `hint` says what to do. */
export interface Problem {
  readonly message: string;
  readonly path?: string;
  readonly position?: Position;
  readonly snippet?: string;
  readonly hint?: string;
  /** `error` when absent; a warning stops nothing and travels with the Deployment. */
  readonly severity?: 'error' | 'warning';
}

/** The input is wrong: exit code 2, nothing was touched. Carries every problem found, never only the first. */
export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
  }
}

/** Something could not be made: a lock, a rendered file, a package. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  constructor(
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A file of the controller cannot be read or written, or has no answer to what is asked of it. `message` says why, without the path; `duringRun`: nodes may have been changed before. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    readonly path: string,
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
    readonly duringRun = false,
  ) {
    super(message, options);
  }
}

/** The link to a node failed, or the node refused us. `kind` is stable and meant for programs. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  readonly reason?: LaunchReason;
  constructor(
    readonly node: string,
    readonly kind:
      | 'unreachable'
      | 'host-key'
      | 'authentication'
      | 'protocol'
      | 'lost'
      | 'timeout'
      | 'transfer',
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions & { readonly reason?: LaunchReason },
  ) {
    super(message, options);
    if (options?.reason !== undefined) this.reason = options.reason;
  }
}

/** Why a node that lets us in runs no agent; meant for programs. */
export type LaunchReason =
  | 'no-powershell'
  | 'language-mode'
  | 'old-powershell'
  | 'no-sign'
  | 'no-hello'
  | 'ended';

/** The agent ran a call and the call failed; `kind`, `category` and `at` are PowerShell's own words. */
export class CallError extends Error {
  override readonly name = 'CallError';
  constructor(
    readonly node: string,
    readonly call: string,
    readonly kind: string,
    message: string,
    readonly category?: string,
    readonly at?: string,
  ) {
    super(message);
  }
}

/** A resource could not be observed or brought to its desired state. */
export class ResourceError extends Error {
  override readonly name = 'ResourceError';
  constructor(
    readonly node: string,
    readonly resource: string,
    message: string,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Another run holds the lock of a deployment or of a node; `owner` tells who, where and for how long. */
export class LockError extends Error {
  override readonly name = 'LockError';
  constructor(
    /** The deployment or the node. */
    readonly target: string,
    readonly owner: string,
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** The load balancer before a node did not take the node out, or did not put it back. */
export class BalancerError extends Error {
  override readonly name = 'BalancerError';
  constructor(
    readonly node: string,
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** A check of `verify` cannot be carried out, or what it saw is wrong. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
  constructor(
    readonly node: string,
    readonly check: string,
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}

/** The identity service lacks what a call needs, or has several of what there may be one of. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
}

/** Which request failed: who was asked, for what, and what is known of the answer. */
export interface FailedRequest {
  /** The name of a node, `keystone`. */
  readonly service: string;
  readonly method: string;
  /** Of the URL. */
  readonly path: string;
  /** Absent where there was no answer. */
  readonly status?: number;
  /** By which the log of the service knows the request. */
  readonly requestId?: string;
}

/** A service that is asked over HTTP was not reached, refused, or gave an answer that makes no sense. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    message: string,
    readonly request: FailedRequest,
    readonly remedy?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Nobody agreed to a change, as nobody can be asked. */
export class ConsentError extends InputError {}

/** Ctrl-C or SIGTERM ended it: exit code 130. `cause`: what failed because of that, where something did. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';
  constructor(override readonly cause?: Error) {
    super(cause?.message ?? 'interrupted', { cause });
  }
}

/** An internal error: exit code 70. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** The exit code of a verb that the user ended: 128 and the number of SIGINT, as of any program that SIGINT ends. */
export const interruptedCode = 130;

/** What asks a program to end: Ctrl-C, `kill`, and on a console of Windows Ctrl-Break. */
export const endingSignals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGBREAK'];

/** The exit code that stands for an error: 2 bad input or a file of the controller, 1 failed, 130 interrupted, 70 internal. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError) return 2;
  if (error instanceof InterruptedError) return interruptedCode;
  if (error instanceof FileError) return error.duringRun ? 1 : 2;
  if (isSystemError(error)) return error.path === undefined ? 1 : 2;
  return isFailure(error) ? 1 : 70;
}

/** What the system refused (a full disk, a folder that is read-only): Node's message names the reason and the path. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error && 'errno' in error;
}

const failures = [
  BuildError,
  FileError,
  SessionError,
  CallError,
  ResourceError,
  LockError,
  BalancerError,
  CheckError,
  IdentityError,
  RequestError,
] as const;

/** An error of what oriel works with (a file, a node, a service), neither of the input nor of oriel itself. */
export type ExpectedError = InstanceType<(typeof failures)[number]>;

/** Whether an error is one of what oriel works with: it failed, and neither the input nor oriel is wrong. */
export function isFailure(error: unknown): error is ExpectedError {
  return failures.some((kind) => error instanceof kind);
}

/** `file:line:column: message (path)`, a warning marked as such, with the hint on a line of its own. */
export function describeProblem({ message, path, position, snippet, hint, severity }: Problem): string {
  const where = position ? `${position.file}:${position.line}:${position.column}: ` : '';
  const mark = severity === 'warning' ? 'warning: ' : '';
  const key = path ? ` (${path})` : '';
  const lines = [`${where}${mark}${message}${key}`];
  if (snippet) lines.push(`    ${snippet}`);
  if (hint) lines.push(`    ${hint}`);
  return lines.join('\n');
}
