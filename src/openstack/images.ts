import { z } from 'zod';
import { type Authorization, sendAs } from './access.ts';
import type { Answer } from './answer.ts';
import { type Digests, meter } from './digests.ts';
import type { Request } from './http.ts';
import { type ImageActions, imageActions } from './image-actions.ts';
import {
  type Content,
  type ImagesEndpoint,
  pathOf,
  type SendImages,
  sendContent,
  timeoutMs,
  timeoutMsFor,
} from './image-request.ts';

const absent = z
  .string()
  .max(4096)
  .nullish()
  .transform((value) => value ?? null);
const size = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const imageGrammar = z.object({
  id: z.string().min(1).max(255),
  status: z.string().max(255),
  size,
  disk_format: absent,
  stores: z.string().max(4096).optional(),
  checksum: absent,
  os_hash_algo: absent,
  os_hash_value: absent,
});

/** An image in the words of the Images API v2; `checksum` is an MD5, and null where a node is in FIPS mode. */
export type Image = z.infer<typeof imageGrammar>;

const listGrammar = z.object({
  images: z.array(
    z.object({
      id: z.string().min(1).max(255),
      status: z.string().max(255),
      size,
      stores: z.string().max(4096).optional(),
      created_at: z.string().max(100).optional(),
    }),
  ),
  next: z.string().max(4096).optional(),
});

/** An image in a list; `stores` are names with commas, absent where the service has a single store without a name. */
export type ListedImage = z.infer<typeof listGrammar>['images'][number];

/** Images of an answer, and how many answers there may be. */
const pageSize = 250;
const maxPages = 4000;

/** What is created: its name, and its format, `raw` by itself. */
export interface NewImage {
  readonly name: string;
  readonly format?: string;
}

/** Calls of the Images API v2; all throw RequestError. */
export interface ImagesClient extends ImageActions {
  readonly create: (at: ImagesEndpoint, image: NewImage) => Promise<Image>;
  /** Into the default store, where none is named. */
  readonly upload: (at: ImagesEndpoint, id: string, content: Content, store?: string) => Promise<void>;
  readonly show: (at: ImagesEndpoint, id: string) => Promise<Image>;
  /** Every image that the caller may see, of all projects and also hidden ones. */
  readonly list: (at: ImagesEndpoint) => Promise<readonly ListedImage[]>;
  /** Reads at most `bytes`; fewer are told by the digests. */
  readonly download: (
    at: ImagesEndpoint,
    id: string,
    bytes: number,
    algorithms: readonly string[],
    onBytes: (bytes: number) => void,
  ) => Promise<Digests>;
  /** The first images of that name. */
  readonly named: (at: ImagesEndpoint, name: string) => Promise<readonly ListedImage[]>;
  /** So many bytes from an offset on; undefined where the service gives whole images alone. */
  readonly downloadPart: (
    at: ImagesEndpoint,
    id: string,
    offset: number,
    bytes: number,
  ) => Promise<Buffer | undefined>;
  /** What is gone already is no failure. */
  readonly remove: (at: ImagesEndpoint, id: string) => Promise<void>;
  readonly isGone: (at: ImagesEndpoint, id: string) => Promise<boolean>;
}

export interface ImagesOptions {
  readonly access: Authorization;
  /** Ends everything but the cleaning up (`remove`, `isGone`). */
  readonly signal: AbortSignal;
  readonly remedies?: Request['remedies'];
}

/** A client of the Images API v2 wherever images are served. */
export function imagesClient({ access, signal, remedies = {} }: ImagesOptions): ImagesClient {
  const ask: SendImages = (at, path, details) =>
    sendAs(access, {
      service: at.service,
      url: `${at.url}${path}`,
      timeoutMs,
      remedies,
      ...details,
      headers: { accept: 'application/json', ...details.headers },
    });
  return {
    ...changes(ask, signal),
    ...descriptions(ask, signal),
    ...data(ask, signal),
    ...imageActions(ask, signal),
  };
}

function changes(ask: SendImages, signal: AbortSignal): Pick<ImagesClient, 'create' | 'upload' | 'remove'> {
  return {
    async create(at, { name, format = 'raw' }) {
      const body = JSON.stringify({
        ...{ name, disk_format: format, container_format: 'bare', visibility: 'private' },
      });
      const headers = { 'content-type': 'application/json' };
      const answer = await ask(at, '/v2/images', { method: 'POST', accept: [201], headers, body, signal });
      return answer.json(imageGrammar);
    },
    upload: (at, id, content, store) =>
      sendContent(ask, {
        at,
        path: `${pathOf(id)}/file`,
        content,
        signal,
        ...(store !== undefined && { store }),
      }),
    async remove(at, id) {
      const answer = await ask(at, pathOf(id), { method: 'DELETE', accept: [204, 404] });
      await answer.discard();
    },
  };
}

function descriptions(
  ask: SendImages,
  signal: AbortSignal,
): Pick<ImagesClient, 'show' | 'list' | 'named' | 'isGone'> {
  return {
    async show(at, id) {
      const answer = await ask(at, pathOf(id), { method: 'GET', accept: [200], signal });
      return answer.json(imageGrammar);
    },
    list: (at) => listAll((path) => ask(at, path, { method: 'GET', accept: [200], signal })),
    async named(at, name) {
      const path = `/v2/images?limit=${pageSize}&name=${encodeURIComponent(name)}`;
      return (await (await ask(at, path, { method: 'GET', accept: [200], signal })).json(listGrammar)).images;
    },
    async isGone(at, id) {
      const answer = await ask(at, pathOf(id), { method: 'GET', accept: [200, 404] });
      await answer.discard();
      return answer.status === 404;
    },
  };
}

function data(ask: SendImages, signal: AbortSignal): Pick<ImagesClient, 'download' | 'downloadPart'> {
  return {
    async download(at, id, bytes, algorithms, onBytes) {
      // 204 would be an image without data, which its service takes for a success; 200 alone is one.
      const details = { method: 'GET', accept: [200], timeoutMs: timeoutMsFor(bytes), signal } as const;
      const answer = await ask(at, `${pathOf(id)}/file`, details);
      const { add, digests } = meter(algorithms, onBytes);
      for await (const chunk of answer.chunks(bytes)) add(chunk);
      return digests();
    },
    async downloadPart(at, id, offset, bytes) {
      const headers = { range: `bytes=${offset}-${offset + bytes - 1}` };
      const details = { headers, method: 'GET', accept: [200, 206], signal } as const;
      const answer = await ask(at, `${pathOf(id)}/file`, details);
      if (answer.status !== 206) {
        await answer.discard();
        return undefined;
      }
      const parts: Uint8Array[] = [];
      for await (const chunk of answer.chunks(bytes)) parts.push(chunk);
      return Buffer.concat(parts);
    },
  };
}

/** Follows the pages of both lists: images that are shown, and hidden ones. */
async function listAll(get: (path: string) => Promise<Answer>): Promise<readonly ListedImage[]> {
  const found: ListedImage[] = [];
  for (const hidden of ['false', 'true']) {
    let path: string | undefined = `/v2/images?limit=${pageSize}&visibility=all&os_hidden=${hidden}`;
    for (let page = 0; path !== undefined && page < maxPages; page++) {
      const { images, next }: z.infer<typeof listGrammar> = await (await get(path)).json(listGrammar);
      found.push(...images);
      path = next?.startsWith('/v2/images?') ? next : undefined;
    }
  }
  return found;
}
