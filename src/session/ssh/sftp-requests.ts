import type { SFTPWrapper } from 'ssh2';
import { SessionError } from '../../errors.ts';
import { shortened } from '../foreign-text.ts';

export interface Sftp {
  readonly node: string;
  readonly sftp: SFTPWrapper;
  /** Rejected when the link ends. */
  readonly lost: Promise<never>;
  /** Milliseconds for the server to answer any of the requests that wait. */
  readonly idle: number;
}

/** Characters of an error that are kept. */
const maxSentence = 1_000;

/** The requests over one SFTP channel. */
export interface SftpRequests {
  /** One request as a promise. `start` makes it and is given what takes the answer. Throws SessionError. */
  send<T>(
    what: string,
    start: (done: (error: Error | null | undefined, value: T) => void) => void,
  ): Promise<T>;
  /** Why there are no more answers: the channel or the link ended, or the server answers none. */
  readonly failure: SessionError | undefined;
}

/**
 * Requests that always end: ssh2 leaves those without an answer that are sent after their channel or the connection broke, and a server
 * may stop to answer. A status of the server is a failed transfer and leaves the channel as it is.
 */
export function sftpRequests({ node, sftp, lost, idle }: Sftp): SftpRequests {
  const waiting = new Set<(error: Error) => void>();
  let failure: SessionError | undefined;
  let timer: NodeJS.Timeout | undefined;
  const fail = (error: SessionError): void => {
    failure ??= error;
    clearTimeout(timer);
    for (const reject of waiting) reject(failure);
    waiting.clear();
    sftp.end();
  };
  const broke = (message: string): void => {
    if (!failure) fail(new SessionError(node, 'transfer', message, remedy));
  };
  /** Any answer is a sign of life for all that wait: one of 64 requests over a slow link takes a while. */
  const watch = (): void => {
    clearTimeout(timer);
    if (waiting.size === 0 || failure) return;
    timer = setTimeout(() => broke(`the SFTP server gave no answer within ${idle / 1000} s`), idle);
  };
  sftp.on('error', (error: Error) => broke(`SFTP failed: ${shortened(error.message, maxSentence)}`));
  for (const end of ['end', 'close']) sftp.on(end, () => broke('the SFTP server of the node ended'));
  lost.catch(fail);
  return {
    get failure() {
      return failure;
    },
    send(what, start) {
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        if (waiting.size === 1) watch();
        start((error, value) => {
          if (!waiting.delete(reject)) return;
          watch();
          if (!error) return resolve(value);
          const status = typeof (error as { code?: unknown }).code === 'number';
          const broken = new SessionError(
            node,
            'transfer',
            `${what}: ${shortened(error.message, maxSentence)}`,
            undefined,
            { cause: error },
          );
          reject(broken);
          if (!status) fail(broken);
        });
      });
    },
  };
}

const remedy = 'Run again: the transfer goes on where it stopped.';
