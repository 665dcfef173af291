import { ResourceError } from '../errors.ts';
import { reveal } from '../secret.ts';
import type { Text } from '../site/deployment.ts';

/** Headers of a request; secret ones are seen in clear only in here. */
export type Headers = Readonly<Record<string, Text>>;

export interface Request {
  /** Who is asked: the node's name in messages. */
  readonly node: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Headers;
  readonly body?: string | Iterable<Uint8Array>;
  /** Milliseconds, body included. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Statuses that are no failure. */
  readonly accept: readonly number[];
}

/** Asks over HTTP, past every proxy. Throws ResourceError with status, the server's words and its request id. */
export async function request(wanted: Request): Promise<Response> {
  const { node, method, url, headers = {}, body, timeout, signal, accept } = wanted;
  const limit = AbortSignal.timeout(timeout);
  const what = `${method} ${new URL(url).pathname}`;
  const clear = Object.entries(headers).map(([name, value]): [string, string] => [name, reveal(value)]);
  const init = {
    method,
    headers: Object.fromEntries(clear),
    redirect: 'manual' as const,
    signal: signal ? AbortSignal.any([limit, signal]) : limit,
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : streamOf(body),
      duplex: 'half' as const,
    }),
  };
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw new ResourceError(node, what, `${url}: ${reasonOf(error, limit, timeout)}`, undefined, {
      cause: error,
    });
  }
  if (accept.includes(response.status)) return response;
  const said = (await response.text().catch(() => '')).replace(/<[^>]*>|\s+/g, ' ').trim();
  const id = response.headers.get('x-openstack-request-id');
  const words = [
    `${url}: status ${response.status}, not ${accept.join(' or ')}`,
    said.slice(0, 300),
    id && `request ${id}`,
  ];
  throw new ResourceError(node, what, words.filter(Boolean).join('; '), adviceFor(response.status));
}

/** Takes what a response holds; a body that breaks off or makes no sense is a ResourceError as well. */
export async function bodyOf<Result>(
  node: string,
  what: string,
  take: () => Promise<Result>,
): Promise<Result> {
  try {
    return await take();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ResourceError(node, what, `${what}: the answer broke off: ${reason}`, undefined, {
      cause: error,
    });
  }
}

/** What can be done about a status of Glance that says little by itself (glance/api/v2/image_data.py, upload). */
function adviceFor(status: number): string | undefined {
  if (status === 401) return 'see [keystone_authtoken] on the node and the clock of both sides';
  if (status === 410)
    return 'the store was not there when the service started: make the share reachable, then restart the service';
  if (status === 413) return 'the size limit, the quota or the disk of the share is reached';
  if (status === 503)
    return "the service's account may not write to the share, or the identity service is away";
  return undefined;
}

function streamOf(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function reasonOf(error: unknown, limit: AbortSignal, timeout: number): string {
  if (limit.aborted) return `no answer within ${Math.round(timeout / 1000)} s`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
