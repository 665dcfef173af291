import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const identity = {
  'X-Identity-Status': 'Confirmed',
  'X-User-Id': 'user',
  'X-Tenant-Id': 'tenant',
  'X-Roles': 'admin,member,reader',
};

/** One request on a connection of its own. A broken connection rejects. */
export function send(
  place: Place,
  method: string,
  path: string,
  body?: string | Buffer | Readable,
): Promise<Answer> {
  return new Promise((done, fail) => {
    const type =
      body === undefined || typeof body === 'string' ? 'application/json' : 'application/octet-stream';
    const headers = { ...identity, 'Content-Type': type };
    const sending = request(
      { ...place, method, path, headers, agent: new Agent() },
      (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }));
        answer.on('error', fail);
      },
    );
    sending.on('error', fail);
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
  return JSON.parse(answer.body.toString()).id;
}

export async function imageOf(place: Place, id: string): Promise<Record<string, unknown>> {
  return JSON.parse((await send(place, 'GET', `/v2/images/${id}`)).body.toString());
}

/** `count` times a MiB, with a pause after each. */
export function slowly(count: number, pause: number): Readable {
  return Readable.from(
    (async function* () {
      for (let n = 0; n < count; n++) {
        yield Buffer.alloc(1 << 20, n % 251);
        await sleep(pause);
      }
    })(),
  );
}

/** Opens connections that never ask anything. */
export async function idleConnections(place: Place, count: number): Promise<readonly Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(place).on('error', () => {}));
  await Promise.all(
    sockets.map((socket) => new Promise((done) => socket.once('connect', done).once('error', done))),
  );
  return sockets;
}

/** Milliseconds until a new connection is refused; rejects after ten seconds. */
export async function refusedAfter(place: Place): Promise<number> {
  const started = Date.now();
  while (Date.now() - started < 10_000) {
    const refused = await new Promise<boolean>((done) => {
      const socket = connect(place, () => done(false)).on('error', () => done(true));
      socket.once('connect', () => socket.destroy());
    });
    if (refused) return Date.now() - started;
    await sleep(50);
  }
  throw new Error('connections are accepted still');
}

/** Reads the beginning of an answer and no more, until `end` breaks the connection. */
export function beginDownload(
  place: Place,
  path: string,
): { readonly begun: Promise<unknown>; readonly end: () => void } {
  const sending = request({ ...place, path, headers: identity, agent: new Agent() });
  sending.on('error', () => {});
  const begun = new Promise((done) => {
    sending.on('response', (answer) =>
      answer.on('error', () => {}).once('readable', () => done(answer.read(1))),
    );
  });
  sending.end();
  return { begun, end: () => sending.destroy() };
}
