import { type Digests, meter } from './content.ts';
import { bodyOf, type Headers, type Request, request } from './http.ts';

/** One node's image service as a client sees it. */
export interface Target {
  readonly node: string;
  /** `http://10.0.0.11:9292`. */
  readonly url: string;
  /** `/healthcheck`. */
  readonly health: string;
}

/** What the service says of an image (Images API v2). */
export interface Image {
  readonly id: string;
  readonly status: string;
  readonly size: number | null;
  /** MD5; null where the node is in FIPS mode. */
  readonly checksum: string | null;
  readonly os_hash_algo: string | null;
  readonly os_hash_value: string | null;
}

export interface Client {
  readonly health: (target: Target) => Promise<void>;
  readonly create: (target: Target, name: string) => Promise<Image>;
  readonly upload: (
    target: Target,
    id: string,
    bytes: number,
    content: Iterable<Uint8Array>,
  ) => Promise<void>;
  readonly show: (target: Target, id: string) => Promise<Image>;
  readonly download: (
    target: Target,
    id: string,
    bytes: number,
    algorithms: readonly string[],
    onBytes: (bytes: number) => void,
  ) => Promise<Digests>;
  readonly remove: (target: Target, id: string) => Promise<void>;
  readonly isGone: (target: Target, id: string) => Promise<boolean>;
}

/** Milliseconds: for an answer, and for `bytes` at 100 kB/s beside it. */
const timeoutMs = 60_000;
const timeoutMsFor = (bytes: number): number => timeoutMs + Math.ceil(bytes / 100);

/** The body that creates an image whose data comes later. */
function newImage(name: string): string {
  return JSON.stringify({ name, disk_format: 'raw', container_format: 'bare', visibility: 'private' });
}

/** The calls that verification makes; all throw ResourceError. `signal` ends the transfers, never the cleaning up. */
export function imagesClient(identity: Headers, signal: AbortSignal): Client {
  const headers = { accept: 'application/json', ...identity };
  const ask = (target: Target, path: string, more: Partial<Request> & Pick<Request, 'method' | 'accept'>) =>
    request({ node: target.node, url: `${target.url}${path}`, timeout: timeoutMs, headers, ...more });
  const image = (id: string): string => `/v2/images/${encodeURIComponent(id)}`;
  const read = (target: Target, response: Response): Promise<Image> =>
    bodyOf(target.node, 'image', async () => (await response.json()) as Image);
  return {
    async health(target) {
      const response = await ask(target, target.health, {
        method: 'GET',
        accept: [200],
        timeout: 15_000,
        signal,
      });
      await response.arrayBuffer();
    },
    async create(target, name) {
      const typed = { ...headers, 'content-type': 'application/json' };
      const more = { method: 'POST', accept: [201], headers: typed, body: newImage(name), signal } as const;
      return read(target, await ask(target, '/v2/images', more));
    },
    async upload(target, id, bytes, body) {
      const typed = { ...headers, 'content-type': 'application/octet-stream' };
      const timeout = timeoutMsFor(bytes);
      const more = { method: 'PUT', accept: [204], headers: typed, body, timeout, signal } as const;
      await ask(target, `${image(id)}/file`, more);
    },
    async show(target, id) {
      return read(target, await ask(target, image(id), { method: 'GET', accept: [200], signal }));
    },
    async download(target, id, bytes, algorithms, onBytes) {
      // 204 would be an image without data, which Glance takes for a success; 200 alone is one.
      const more = { method: 'GET', accept: [200], timeout: timeoutMsFor(bytes), signal } as const;
      const response = await ask(target, `${image(id)}/file`, more);
      const { add, digests } = meter(algorithms, onBytes);
      await bodyOf(target.node, 'download', async () => {
        for await (const chunk of response.body ?? []) add(chunk);
      });
      return digests();
    },
    async remove(target, id) {
      await ask(target, image(id), { method: 'DELETE', accept: [204, 404] });
    },
    async isGone(target, id) {
      const response = await ask(target, image(id), { method: 'GET', accept: [200, 404] });
      await response.arrayBuffer();
      return response.status === 404;
    },
  };
}
