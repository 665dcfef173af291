import { z } from 'zod';
import type { Secret } from '../secret.ts';
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
export type Item = z.infer<typeof item>;

/** Milliseconds. */
const timeoutMs = 30_000;

/** A token for as long as it lasts, which is less than a long run. */
export interface Tokens {
  readonly current: () => Promise<Secret>;
  /** Another one in place of `old`, which is no good any longer. */
  readonly renew: (old: Secret) => Promise<Secret>;
}

/** Asks for a token once, and again when it is refused; those who are refused at the same time share the new one. */
export function tokensBy(issue: () => Promise<Secret>): Tokens {
  let current: Promise<Secret> | undefined;
  const begin = (): Promise<Secret> => {
    current = issue();
    return current;
  };
  return {
    current: () => current ?? begin(),
    async renew(old) {
      const known = await current?.catch(() => undefined);
      return known && known !== old && current ? current : begin();
    },
  };
}

export function identityApi(base: string, tokens: Tokens, signal?: AbortSignal): Api {
  const ask = asker(base, tokens, signal);
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
    remove: (path) => done(ask('DELETE', path, [204, 404])),
  };
}

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks with a token that is good: one that is refused is replaced, once. */
function asker(base: string, tokens: Tokens, signal?: AbortSignal) {
  const send = (
    token: Secret,
    method: Method,
    path: string,
    accept: readonly number[],
    body?: object,
  ): Promise<Response> =>
    request({
      node: 'keystone',
      method,
      url: `${base}/${path}`,
      headers: { 'X-Auth-Token': token, accept: 'application/json', 'content-type': 'application/json' },
      timeout: timeoutMs,
      accept,
      ...(body && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  return async (
    method: Method,
    path: string,
    accept: readonly number[],
    body?: object,
  ): Promise<Response> => {
    const token = await tokens.current();
    const response = await send(token, method, path, [...accept, 401], body);
    if (response.status !== 401) return response;
    await response.arrayBuffer();
    return send(await tokens.renew(token), method, path, accept, body);
  };
}
