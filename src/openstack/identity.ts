import { z } from 'zod';
import { type Authorization, sendAs } from './access.ts';
import type { Answer } from './answer.ts';
import type { Method } from './http.ts';

/** The identity API (v3) with a token that may do everything. Throws RequestError. */
export interface IdentityApi {
  /** Items below a key of the answer: `list('services', { type: 'image' })`. */
  readonly list: (what: string, query: Readonly<Record<string, string>>) => Promise<readonly IdentityItem[]>;
  readonly create: (what: string, key: string, body: object) => Promise<void>;
  readonly update: (what: string, id: string, key: string, body: object) => Promise<void>;
  /** Whether the path answers HEAD with success. */
  readonly has: (path: string) => Promise<boolean>;
  readonly put: (path: string) => Promise<void>;
  /** What is gone already is no failure. */
  readonly remove: (path: string) => Promise<void>;
}

const item = z.object({
  id: z.string().max(255),
  name: z.string().max(4096).nullish(),
  description: z.string().max(4096).nullish(),
  url: z.string().max(4096).optional(),
  interface: z.string().max(255).optional(),
  region_id: z.string().max(255).nullish(),
  enabled: z.boolean().optional(),
});
/** A user, role, project, service or endpoint: what is read of any of them. */
export type IdentityItem = z.infer<typeof item>;

/** Milliseconds. */
const timeoutMs = 60_000;

/** The identity API below a URL that names its version (`identityUrl`). */
export function identityApi(base: string, access: Authorization, signal?: AbortSignal): IdentityApi {
  const ask = (method: Method, path: string, accept: readonly number[], body?: object): Promise<Answer> =>
    sendAs(access, {
      service: 'keystone',
      method,
      url: `${base}/${path}`,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      timeoutMs,
      accept,
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  const done = async (answer: Promise<Answer>): Promise<void> => (await answer).discard();
  return {
    async list(what, query) {
      const answer = await ask('GET', `${what}?${new URLSearchParams(query)}`, [200]);
      return (await answer.json(z.object({ [what]: z.array(item).max(10_000) })))[what] ?? [];
    },
    create: (what, key, body) => done(ask('POST', what, [201], { [key]: body })),
    update: (what, id, key, body) => done(ask('PATCH', `${what}/${id}`, [200], { [key]: body })),
    async has(path) {
      const { status } = await ask('HEAD', path, [200, 204, 404]);
      return status !== 404;
    },
    put: (path) => done(ask('PUT', path, [204])),
    remove: (path) => done(ask('DELETE', path, [204, 404])),
  };
}
