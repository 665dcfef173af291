import { connect as connectTcp } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import { bounded } from '../bounded.ts';
import { connectionFailure } from './connection-failure.ts';
import type { SshTarget } from './target.ts';

/** Milliseconds for whoever is there to take a connection, which its system does however busy it is. */
const connectTimeoutMs = 30_000;

/** The bytes to and from an SSH server. */
export interface Line {
  readonly stream: Duplex;
  /** Ends it, with all that it goes through. */
  readonly cut: () => void;
}

/** Opens the SSH connection to a server that others are reached through. */
type Connect<Bounds> = (
  target: SshTarget,
  bounds: Bounds,
  signal?: AbortSignal,
) => Promise<{ readonly client: Client; readonly cut: () => void }>;

/** Reaches a server over TCP, or through the connection to another one. Throws SessionError: unreachable, and what `connect` throws. */
export async function dial<Bounds extends { readonly timeout: number }>(
  target: SshTarget,
  bounds: Bounds,
  connect: Connect<Bounds>,
  signal: AbortSignal | undefined,
): Promise<Line> {
  const ms = Math.min(target.connectTimeout ?? connectTimeoutMs, bounds.timeout);
  const late = (): Error =>
    connectionFailure(target, new Error(`nothing came from it within ${ms / 1000} s`));
  const { stream, cut } = target.through
    ? through(target, await connect(target.through, bounds, signal))
    : direct(target);
  try {
    return { stream: await bounded(stream, { limit: { ms, late }, signals: [signal] }), cut };
  } catch (error) {
    cut();
    throw isLate(error) ? late() : error;
  }
}

interface Dialled {
  readonly stream: Promise<Duplex>;
  readonly cut: () => void;
}

function direct(target: SshTarget): Dialled {
  const socket = connectTcp({ host: target.host, port: target.port, noDelay: true });
  const stream = new Promise<Duplex>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    socket.on('error', (error) => reject(connectionFailure(target, error)));
  });
  return { stream, cut: () => void socket.destroy() };
}

/** Over a channel of the connection before; the name of the target is looked up there. */
function through(target: SshTarget, { client, cut }: Awaited<ReturnType<Connect<unknown>>>): Dialled {
  // Its end closes the channel, which says it all.
  client.on('error', () => {});
  const stream = new Promise<Duplex>((resolve, reject) => {
    client.once('close', () => reject(connectionFailure(target, new Error('the link on the way is gone'))));
    client.forwardOut('127.0.0.1', 0, target.host, target.port, (error, channel) => {
      if (error) reject(connectionFailure(target, error));
      else resolve(channel);
    });
  });
  return { stream, cut };
}

/** Whether somebody's time for all of it is over. */
export function isLate(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
