import ssh2 from 'ssh2';
import { authenticationFor } from './authentication.ts';
import { connectionFailure } from './connection-failure.ts';
import { dial, isLate } from './dial.ts';
import { type HostKeyCheck, hostKeyCheck } from './host-key.ts';
import type { SshTarget } from './target.ts';

/** Milliseconds. */
export interface Bounds {
  /** For the connection with all that belongs to it; an address from which nothing comes is given up earlier. */
  readonly timeout: number;
  /** Later on, for a node that says nothing any more (it lost its power). */
  readonly silence: number;
}

/** An SSH connection that is logged in. */
export interface SshConnection {
  readonly client: ssh2.Client;
  /** Ends it without a word, with those that it goes through. */
  readonly cut: () => void;
}

/** A node that is silent is asked so often before the connection is ended, in equal parts of the silence that is allowed. */
const questions = 2;

/**
 * Opens and authenticates an SSH connection, through others where the way leads there: each is held to its own host key before anything
 * of ours is sent. Keys of ours stay here: no agent is forwarded. Throws SessionError: unreachable, host-key or authentication.
 */
export async function connect(
  target: SshTarget,
  bounds: Bounds,
  signal?: AbortSignal,
): Promise<SshConnection> {
  signal?.throwIfAborted();
  const authHandler = await authenticationFor(target);
  const check = await hostKeyCheck(target);
  const line = await dial(target, bounds, connect, signal);
  const client = new ssh2.Client();
  const cut = (): void => {
    // ssh2 may report once more while it closes; nobody listens any longer.
    client.on('error', () => {});
    client.destroy();
    line.cut();
  };
  client.once('close', line.cut);
  const { silence, timeout } = bounds;
  const opened = logIn(target, client, check, signal);
  client.connect({
    sock: line.stream,
    username: target.user,
    authHandler,
    readyTimeout: timeout,
    keepaliveInterval: Math.min(silence / (questions + 1), target.keepAlive ?? silence),
    keepaliveCountMax: questions,
    algorithms: { serverHostKey: check.types },
    hostVerifier: opened.verify,
  });
  line.stream.once('data', opened.heard);
  try {
    await opened.ready;
    if (opened.key) await check.record(opened.key);
    return { client, cut };
  } catch (error) {
    cut();
    throw error;
  }
}

interface LogIn {
  readonly ready: Promise<void>;
  readonly verify: (key: Buffer) => boolean;
  /** Told of the first byte. */
  readonly heard: () => void;
  /** The host key that was taken. */
  readonly key: Buffer | undefined;
}

/** Waits for the end of a log-in, and knows the last step of one that has none. */
function logIn(
  target: SshTarget,
  client: ssh2.Client,
  check: HostKeyCheck,
  signal: AbortSignal | undefined,
): LogIn {
  let refused: Error | undefined;
  let taken: Buffer | undefined;
  let reached = 'it accepts connections and sends no SSH banner';
  const failed = (error: Error & { level?: string }, agentFailure?: Error): Error =>
    refused ??
    connectionFailure(target, error.level === 'client-timeout' ? new Error(reached) : error, agentFailure);
  client.once('handshake', () => {
    reached = 'it has exchanged keys and does not answer the log-in';
  });
  const ready = readiness(client, signal, failed, () => connectionFailure(target, new Error(reached)));
  return {
    ready,
    heard: () => {
      reached = 'it speaks SSH and does not finish the exchange of keys';
    },
    verify: (key) => {
      refused = check.refusal(key);
      if (refused === undefined) taken = key;
      return refused === undefined;
    },
    get key() {
      return taken;
    },
  };
}

/** Done when a client is logged in. Rejected with what `failed` makes of its error, and with what `late` makes of a time that is over. */
function readiness(
  client: ssh2.Client,
  signal: AbortSignal | undefined,
  failed: (error: Error, agentFailure?: Error) => Error,
  late: () => Error,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let agentFailure: Error | undefined;
    const closed = (): void => end(failed(new Error('the server closed the connection')));
    const abort = (): void => end(isLate(signal?.reason) ? late() : signal?.reason);
    const end = (error?: unknown): void => {
      signal?.removeEventListener('abort', abort);
      client.off('close', closed);
      if (error === undefined) resolve();
      else reject(error);
    };
    signal?.addEventListener('abort', abort);
    client.once('close', closed);
    client.once('ready', () => end());
    // An agent that fails is told, and the next way is tried: the end is that of all ways.
    client.on('error', (error: Error & { level?: string }) => {
      if (error.level === 'agent') agentFailure ??= error;
      else end(failed(error, agentFailure));
    });
  });
}
