import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { SFTPWrapper } from 'ssh2';
import { SessionError } from '../../errors.ts';
import type { Session, TransferOptions } from '../session.ts';

/** What a node's Get-FileState says of a path. */
export interface RemoteFile {
  readonly kind: 'absent' | 'file' | 'directory';
  readonly length?: number;
  readonly sha256?: string;
}

export interface TransferJob {
  readonly session: Pick<Session, 'node' | 'call'>;
  readonly sftp: SFTPWrapper;
  /** Rejected when the link ends. */
  readonly lost: Promise<never>;
  readonly source: string;
  readonly target: string;
  readonly options: TransferOptions;
}

/** Bytes in one SFTP request: what every server takes. */
export const block = 32 * 1024;
/** Requests on their way at once: 2 MiB, enough to fill 160 Mbit/s over 100 ms. */
const requests = 64;

/** The largest stretch that may be missing before the end of a file whose transfer broke. */
export const windowBytes = block * requests;

/** `C:\dir\file` as SFTP on Windows names it: `/C:/dir/file`. UNC paths cannot be reached by SFTP. */
export function sftpPath(node: string, path: string): string {
  if (/^[A-Za-z]:\\/.test(path)) return `/${path.replaceAll('\\', '/')}`;
  throw new SessionError(node, 'transfer', `${path} is not a path on a drive of the node (C:\\dir\\file)`);
}

/** SHA-256 in hex of the first `length` bytes of a local file (all of it when absent). */
export function hashFile(path: string, length?: number): Promise<string> {
  const hash = createHash('sha256');
  if (length === 0) return Promise.resolve(hash.digest('hex'));
  const stream = createReadStream(path, length === undefined ? {} : { end: length - 1 });
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk) => hash.update(chunk));
    stream.on('error', reject);
    stream.on('end', () => resolve(hash.digest('hex')));
  });
}

/**
 * Moves the bytes `from` to `to` in blocks: `prepare` runs one after another and in order, what it gives runs with at
 * most a window of others, so a broken transfer leaves a file without holes as long as the server keeps the order.
 */
export async function pump(
  from: number,
  to: number,
  prepare: (offset: number, length: number) => Promise<() => Promise<void>>,
  { signal, progress }: TransferOptions,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: unknown;
  let done = from;
  for (let at = from; at < to && failure === undefined; at += block) {
    signal?.throwIfAborted();
    const length = Math.min(block, to - at);
    const transfer = (await prepare(at, length))()
      .then(() => {
        done += length;
        progress?.(done, to);
      })
      .catch((error: unknown) => {
        failure ??= error;
      })
      .finally(() => running.delete(transfer));
    running.add(transfer);
    if (running.size >= requests) await Promise.race(running);
  }
  await Promise.all(running);
  if (failure !== undefined) throw failure;
}

/** One SFTP request as a promise. A status of the server is a failed transfer, anything else a lost link. */
export function sftpCall<T>(
  { session: { node }, lost }: TransferJob,
  what: string,
  start: (done: (error: Error | null | undefined, value: T) => void) => void,
): Promise<T> {
  const answer = new Promise<T>((resolve, reject) => {
    start((error, value) => {
      if (!error) resolve(value);
      else reject(sftpError(node, what, error));
    });
  });
  // ssh2 leaves requests that are sent after the connection broke without an answer.
  return Promise.race([answer, lost]);
}

function sftpError(node: string, what: string, error: Error & { code?: unknown }): SessionError {
  const kind = typeof error.code === 'number' ? 'transfer' : 'lost';
  return new SessionError(node, kind, `${what}: ${error.message}`, undefined, { cause: error });
}

/** Runs a transfer under its time limit and signal; what they end is thrown as they say. */
export async function limited<T>(
  job: TransferJob,
  run: (options: TransferOptions) => Promise<T>,
): Promise<T> {
  const { timeout, signal, progress } = job.options;
  const timer = timeout ? AbortSignal.timeout(timeout) : undefined;
  const signals = [timer, signal].filter((each) => each !== undefined);
  try {
    return await run({
      ...(progress && { progress }),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
    });
  } catch (error) {
    if (!timer?.aborted || signal?.aborted) throw error;
    const message = `${job.target} was not brought within ${(timeout ?? 0) / 1000} s`;
    throw new SessionError(
      job.session.node,
      'timeout',
      message,
      'Run again: the transfer goes on where it stopped.',
    );
  }
}
