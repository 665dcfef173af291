import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** Images as a client behind a load balancer has them: URL and token. */
export interface Door {
  readonly url: string;
  readonly token: string;
}

export interface Load {
  /** Requests made, tries included; those that a second try has saved; those that it has not, in words. */
  readonly requests: number;
  readonly retried: readonly string[];
  readonly lost: readonly string[];
  /** Uploads and downloads that went well. */
  readonly uploads: number;
  readonly downloads: number;
  /** Images that were stored meanwhile and are still there, with the SHA-256 of their data. */
  readonly kept: readonly Stored[];
}

export interface Stored {
  readonly id: string;
  readonly sha256: string;
}

const bytes = 1024 * 1024;
/** A second try comes a moment later, as a client's would. */
const pause = 500;
/** Milliseconds between the requests of a client: without them clients take the processor from the rollout that they watch. */
const between = 250;
/** Milliseconds for an answer; a node that is busy is no node that is lost. */
const timeoutMs = 180_000;

type Count = { -readonly [Key in keyof Load]: Load[Key] extends readonly (infer Item)[] ? Item[] : number };

/** Clients that store images and others that read one, one request after the other, until `stop`. */
export function startLoad(door: Door, image: Stored, clients = { uploads: 2, downloads: 2 }) {
  const count: Count = { requests: 0, retried: [], lost: [], uploads: 0, downloads: 0, kept: [] };
  let stopped = false;
  const running = [
    ...Array.from({ length: clients.uploads }, async (_, client) => {
      for (let round = 0; !stopped; round += 1)
        await upload(door, count, `load-${client}-${round}`, round % 4 === 0);
    }),
    ...Array.from({ length: clients.downloads }, async () => {
      while (!stopped) await download(door, count, image);
    }),
  ];
  return {
    async stop(): Promise<Load> {
      stopped = true;
      await Promise.all(running);
      return count;
    },
  };
}

/** Stores an image through the door; its id and digest. Throws where it cannot, also the second time. */
export async function store(door: Door, name: string): Promise<Stored> {
  const count: Count = { requests: 0, retried: [], lost: [], uploads: 0, downloads: 0, kept: [] };
  await upload(door, count, name, true);
  const [stored] = count.kept;
  if (!stored) throw new Error(count.lost.join('; '));
  return stored;
}

/** SHA-256 of an image's data as one URL gives it. */
export async function read({ url, token }: Door, id: string): Promise<string> {
  const response = await fetch(`${url}/v2/images/${id}/file`, { headers: { 'X-Auth-Token': token } });
  const data = Buffer.from(await response.arrayBuffer());
  return response.status === 200
    ? createHash('sha256').update(data).digest('hex')
    : `status ${response.status}`;
}

async function upload(door: Door, count: Count, name: string, keep: boolean): Promise<void> {
  const data = randomBytes(bytes);
  const body = JSON.stringify({ name, disk_format: 'raw', container_format: 'bare', visibility: 'private' });
  const plan = await ask(door, count, 'POST', '/v2/images', { body, type: 'application/json' });
  if (!plan) return;
  const { id } = JSON.parse(plan.toString('utf8'));
  const put = await ask(door, count, 'PUT', `/v2/images/${id}/file`, {
    body: data,
    type: 'application/octet-stream',
  });
  if (!put) return;
  count.uploads += 1;
  if (keep) count.kept.push({ id, sha256: createHash('sha256').update(data).digest('hex') });
  else await ask(door, count, 'DELETE', `/v2/images/${id}`);
}

async function download(door: Door, count: Count, { id, sha256 }: Stored): Promise<void> {
  const data = await ask(door, count, 'GET', `/v2/images/${id}/file`);
  if (!data) return;
  if (createHash('sha256').update(data).digest('hex') === sha256) count.downloads += 1;
  else count.lost.push(`GET ${id}: other bytes`);
}

interface Sent {
  readonly body: string | Buffer;
  readonly type: string;
}

/** The body of the answer; one try more where the first fails, and undefined where that fails too. */
async function ask(
  door: Door,
  count: Count,
  method: string,
  path: string,
  sent?: Sent,
): Promise<Buffer | undefined> {
  for (const last of [false, true]) {
    count.requests += 1;
    const { body, why } = await once(door, method, path, sent);
    if (body) {
      await sleep(between);
      return body;
    }
    (last ? count.lost : count.retried).push(`${new Date().toISOString()} ${method} ${path}: ${why}`);
    await sleep(pause);
  }
  return undefined;
}

async function once({ url, token }: Door, method: string, path: string, sent?: Sent) {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'X-Auth-Token': token, ...(sent && { 'Content-Type': sent.type }) },
      ...(sent && { body: sent.body }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = Buffer.from(await response.arrayBuffer());
    return response.ok
      ? { body }
      : { why: `status ${response.status} ${body.toString('utf8').slice(0, 200)}` };
  } catch (error) {
    return { why: `${error} ${String((error as Error).cause ?? '')}` };
  }
}

/** Watches several health URLs; gives the longest time, in milliseconds, in which none of them answered 200. */
export function watchHealth(urls: readonly string[]) {
  let stopped = false;
  let worst = 0;
  let since: number | undefined;
  const running = (async () => {
    while (!stopped) {
      const answers = await Promise.all(urls.map(isHealthy));
      if (answers.some(Boolean)) since = undefined;
      else {
        since ??= performance.now();
        worst = Math.max(worst, performance.now() - since + 1);
      }
      await sleep(100);
    }
  })();
  return {
    async stop(): Promise<number> {
      stopped = true;
      await running;
      return worst;
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  await response?.body?.cancel();
  return response?.status === 200;
}
