import type { RequestListener } from 'node:http';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exitCodeOf, RequestError } from '../../src/errors.ts';
import { fixedAccess, sendAs, tokenAccess } from '../../src/openstack/access.ts';
import type { Answer } from '../../src/openstack/answer.ts';
import { type Request, send } from '../../src/openstack/http.ts';
import { describeError } from '../../src/report/error.ts';
import { Secret } from '../../src/secret.ts';
import { whileServing } from './server.ts';

const mib = 1024 * 1024;

/** What reading an answer of a server comes to: its result or its error. */
function asked(
  listener: RequestListener,
  read: (answer: Answer) => Promise<unknown> = (answer) => answer.json(z.unknown()),
  details: Partial<Request> = {},
): Promise<unknown> {
  return whileServing(listener, async (url) => {
    const request = { service: 'n1', method: 'GET', url: `${url}/v2/x`, timeoutMs: 60_000 } as const;
    return send({ ...request, accept: [200], ...details })
      .then(read)
      .catch((error: unknown) => error);
  });
}

describe('an answer', () => {
  test('is JSON that a grammar knows, or an error that says where it is not', async () => {
    const server: RequestListener = (_, response) => response.end('{"a":{"b":7}}');
    expect(await asked(server)).toEqual({ a: { b: 7 } });
    const grammar = z.object({ a: z.object({ b: z.string() }) });
    const wrong = await asked(server, (answer) => answer.json(grammar));
    expect(wrong).toMatchObject({ message: expect.stringContaining('makes no sense') });
    expect(wrong).toMatchObject({ message: expect.stringContaining('at a.b') });
    expect(await asked((_, response) => response.end('<html>'))).toMatchObject({
      message: expect.stringContaining('the answer is not JSON'),
    });
  });

  test('of more JSON than 4 MiB is refused before all of it is read', async () => {
    const one = Buffer.alloc(mib, ' ');
    let sent = 0;
    const error = await asked((_, response) => {
      const more = (): void => {
        sent += 1;
        if (!response.destroyed && sent < 10_000) response.write(one, () => setImmediate(more));
      };
      more();
    });
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ message: expect.stringContaining(`longer than ${4 * mib} bytes`) });
    expect(sent).toBeLessThan(10_000);
  });

  test('of more bytes than expected is an error, of fewer or as many none', async () => {
    const server: RequestListener = (_, response) => response.end(Buffer.alloc(1000));
    const counted = (bytes: number) => async (answer: Answer) => {
      let seen = 0;
      for await (const chunk of answer.chunks(bytes)) seen += chunk.length;
      return seen;
    };
    expect(await asked(server, counted(1000))).toBe(1000);
    expect(await asked(server, counted(2000))).toBe(1000);
    expect(await asked(server, counted(999))).toMatchObject({
      message: expect.stringContaining('longer than 999 bytes'),
    });
  });
});

describe('an error', () => {
  test('names service, method, path, status and request id, quotes the server and keeps what is secret', async () => {
    const error = await asked(
      (request, response) => {
        response.writeHead(503, { 'x-openstack-request-id': 'req-7' });
        response.end(`<p>no store for\n ${request.headers['x-auth-token']} ${'x'.repeat(100_000)}`);
      },
      undefined,
      {
        headers: { 'X-Auth-Token': new Secret('token', 'canary-token') },
        remedies: { 503: 'see the store' },
      },
    );
    if (!(error instanceof RequestError)) expect.fail(String(error));
    const request = { service: 'n1', method: 'GET', path: '/v2/x', status: 503, requestId: 'req-7' };
    expect(error.request).toEqual(request);
    expect(error.message).toMatch(/status 503, not 200; no store for \[secret:token\] x+; request req-7$/);
    expect(error.message.length).toBeLessThan(500);
    expect(exitCodeOf(error)).toBe(1);
    expect(describeError(error, { debug: false })).toMatch(/^error: n1: GET http.*\n {2}see the store$/);
  });

  test('follows no redirect, and says where nobody listens or somebody stopped', async () => {
    const away: RequestListener = (_, response) => response.writeHead(302, { location: '/v3' }).end();
    expect(await asked(away)).toMatchObject({ request: { status: 302 } });
    const gone = await whileServing(away, async (url) => url);
    const request = { service: 'n1', method: 'GET', url: gone, timeoutMs: 60_000, accept: [200] } as const;
    const unheard = await send(request).catch((error: unknown) => error);
    expect(unheard).toMatchObject({ name: 'RequestError', message: expect.stringContaining('ECONNREFUSED') });
    const stopped = await asked(away, undefined, { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ message: expect.stringContaining('interrupted') });
    const silent = await asked(() => {}, undefined, { timeoutMs: 1 });
    expect(silent).toMatchObject({ message: expect.stringContaining('no answer within') });
  });
});

describe('a token that is refused', () => {
  const request = (url: string): Request => ({
    ...{ service: 'n1', method: 'GET', url, timeoutMs: 60_000, accept: [200] },
  });
  /** Knows one token only; the rest is refused. */
  const knows =
    (good: string, seen: unknown[]): RequestListener =>
    ({ headers }, response) => {
      seen.push(headers['x-auth-token']);
      response.writeHead(headers['x-auth-token'] === good ? 200 : 401).end('{}');
    };

  test('is renewed once for all who are refused, and no more', async () => {
    const seen: unknown[] = [];
    let issued = 0;
    const access = tokenAccess(async () => {
      issued += 1;
      return new Secret('token', `token ${issued}`);
    });
    await whileServing(knows('token 2', seen), async (url) => {
      const both = await Promise.all([sendAs(access, request(url)), sendAs(access, request(url))]);
      expect(both.map(({ status }) => status)).toEqual([200, 200]);
    });
    expect(issued).toBe(2);
    expect(seen.toSorted()).toEqual(['token 1', 'token 1', 'token 2', 'token 2']);
    await whileServing(knows('another', seen), async (url) => {
      await expect(sendAs(access, request(url))).rejects.toMatchObject({ request: { status: 401 } });
    });
    expect(issued).toBe(3);
  });

  test('is an error where there is no other', async () => {
    const seen: unknown[] = [];
    await whileServing(knows('another', seen), async (url) => {
      const sent = sendAs(fixedAccess({ 'X-Auth-Token': 'mine' }), request(url));
      await expect(sent).rejects.toMatchObject({ request: { status: 401 } });
    });
    expect(seen).toEqual(['mine']);
  });
});
