import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Place {
  readonly host: string;
  readonly port: number;
  /** Keystone's, of an administrator. */
  readonly token: string;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** Milliseconds without a byte either way. */
const timeoutMs = 300_000;

/** One request on a connection of its own. One that is broken, or that nobody serves, rejects. */
export function send(
  { host, port, token }: Place,
  method: string,
  path: string,
  body?: string | Buffer | Readable,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return new Promise((done, fail) => {
    const type =
      body === undefined || typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    const headers = { 'X-Auth-Token': token, 'Content-Type': type, ...more };
    const sending = request(
      { host, port, method, path, headers, agent: new Agent() },
      (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
        answer.on('error', fail);
      },
    );
    sending.on('error', fail);
    sending.setTimeout(timeoutMs, () => sending.destroy(new Error(`nobody serves ${method} ${path}`)));
    if (body instanceof Readable) body.pipe(sending);
    else sending.end(body);
  });
}

export async function createImage(place: Place, name: string): Promise<string> {
  const answer = await send(
    place,
    'POST',
    '/v2/images',
    JSON.stringify({ name, disk_format: 'raw', container_format: 'bare' }),
  );
  if (answer.status !== 201) throw new Error(`no image was created: ${answer.status} ${answer.body}`);
  return JSON.parse(answer.body.toString()).id;
}

export async function imageOf(place: Place, id: string): Promise<Record<string, unknown>> {
  return JSON.parse((await send(place, 'GET', `/v2/images/${id}`)).body.toString());
}

/** A MiB again and again, `count` times once it is `time` for them, with a pause after each. */
export function slowly(count: number, pause: number, time: () => boolean = () => true): Readable {
  return Readable.from(
    (async function* () {
      for (let n = 0; n < count; n += time() ? 1 : 0) {
        yield Buffer.alloc(1 << 20, n % 251);
        await sleep(pause);
      }
    })(),
  );
}

/** Opens connections that never ask anything, and stay when the server ends its half. */
export async function idleConnections({ host, port }: Place, count: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () =>
    connect({ host, port, allowHalfOpen: true }).on('error', () => {}),
  );
  await Promise.all(
    sockets.map((socket) => new Promise((done) => socket.once('connect', done).once('error', done))),
  );
  return sockets;
}

/** Opens a connection and resets it, as health checks of load balancers do. */
export async function clientThatLeaves(place: Place): Promise<void> {
  const [socket] = await idleConnections(place, 1);
  socket?.resetAndDestroy();
}

/** When a new connection is refused for the first time; rejects after five minutes. */
export async function refused({ host, port }: Place): Promise<number> {
  for (const limit = Date.now() + timeoutMs; Date.now() < limit; await sleep(50)) {
    const accepted = await new Promise<boolean>((done) => {
      const socket = connect({ host, port }, () => done(true)).on('error', () => done(false));
      socket.once('connect', () => socket.destroy());
    });
    if (!accepted) return Date.now();
  }
  throw new Error('connections are accepted still');
}

/** Reads the beginning of an answer and no more, until `end` breaks the connection. */
export function beginDownload(
  { host, port, token }: Place,
  path: string,
): { readonly begun: Promise<unknown>; readonly end: () => void } {
  const sending = request({ host, port, path, headers: { 'X-Auth-Token': token }, agent: new Agent() });
  sending.on('error', () => {});
  const begun = new Promise((done) => {
    sending.on('response', (answer) =>
      answer.on('error', () => {}).once('readable', () => done(answer.read(1))),
    );
  });
  sending.end();
  return { begun, end: () => sending.destroy() };
}
