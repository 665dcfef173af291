import { z } from 'zod';
import type { Secret } from '../site/secret.ts';
import { bodyOf, request } from '../verify/http.ts';

/** The identity API (v3) with a token that may do everything. Throws ResourceError. */
export interface Api {
  /** Items below a key of the answer: `list('services', { type: 'image' })`. */
  readonly list: (what: string, query: Readonly<Record<string, string>>) => Promise<readonly Item[]>;
  readonly create: (what: string, key: string, body: object) => Promise<void>;
  readonly update: (what: string, id: string, key: string, body: object) => Promise<void>;
  /** Whether the path answers HEAD with success. */
  readonly has: (path: string) => Promise<boolean>;
  readonly put: (path: string) => Promise<void>;
}

const item = z.object({
  id: z.string().max(255),
  name: z.string().max(4096).nullish(),
  description: z.string().max(4096).nullish(),
  url: z.string().max(4096).optional(),
  enabled: z.boolean().optional(),
});
export type Item = z.infer<typeof item>;

/** Milliseconds. */
const patience = 30_000;

export function identityApi(base: string, token: Secret, signal?: AbortSignal): Api {
  const ask = (
    method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH',
    path: string,
    accept: readonly number[],
    body?: object,
  ) =>
    request({
      node: 'keystone',
      method,
      url: `${base}/${path}`,
      headers: { 'X-Auth-Token': token, accept: 'application/json', 'content-type': 'application/json' },
      timeout: patience,
      accept,
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  const done = async (response: Promise<Response>): Promise<void> => {
    await (await response).arrayBuffer();
  };
  return {
    async list(what, query) {
      const response = await ask('GET', `${what}?${new URLSearchParams(query)}`, [200]);
      const answer = z.object({ [what]: z.array(item).max(10_000) });
      return bodyOf('keystone', what, async () => answer.parse(await response.json())[what] ?? []);
    },
    create: (what, key, body) => done(ask('POST', what, [201], { [key]: body })),
    update: (what, id, key, body) => done(ask('PATCH', `${what}/${id}`, [200], { [key]: body })),
    async has(path) {
      const { status } = await ask('HEAD', path, [200, 204, 404]);
      return status !== 404;
    },
    put: (path) => done(ask('PUT', path, [204])),
  };
}
