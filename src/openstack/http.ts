import { AsyncLocalStorage } from 'node:async_hooks';
import { FileError, RequestError } from '../errors.ts';
import { masked, reveal, Secret } from '../secret.ts';
import type { Text } from '../site/deployment.ts';
import { type Answer, answerOf } from './answer.ts';

/** Headers of a request; secret ones are seen in clear only in here. */
export type Headers = Readonly<Record<string, Text>>;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Request {
  /** Who is asked, in messages: the name of a node, `keystone`. */
  readonly service: string;
  readonly method: Method;
  readonly url: string;
  readonly headers?: Headers;
  /** Bytes are made anew for each time that it is sent. */
  readonly body?: string | (() => Iterable<Uint8Array>);
  /** Milliseconds, body included. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Statuses that are no failure. */
  readonly accept: readonly number[];
  /** What to do about a status that says little by itself. */
  readonly remedies?: Readonly<Record<number, string>>;
  /** What is in the body and in no message, though the server may repeat it. */
  readonly secrets?: readonly Text[];
}

/** How a request goes out and its answer comes back. Throws what `fetch` throws. */
export type Exchange = (request: Request, signal: AbortSignal) => Promise<Response>;

const exchanges = new AsyncLocalStorage<Exchange>();

/** All requests that `body` sends go out by `exchange`, as where a run is recorded or replayed. */
export function exchangedBy<Result>(exchange: Exchange, body: () => Promise<Result>): Promise<Result> {
  return exchanges.run(exchange, body);
}

/** Over the network. */
export const fetched: Exchange = (request, signal) => fetch(request.url, initOf(request, signal));

/** Characters of a refusal that are quoted. */
const maxQuotedLength = 300;

/** Sends a request, past every proxy; a redirect is not followed. Throws RequestError with status, the server's words and its request id. */
export async function send(request: Request): Promise<Answer> {
  const { timeoutMs, signal, accept, remedies = {} } = request;
  const exchange = exchanges.getStore() ?? fetched;
  const deadline = AbortSignal.timeout(timeoutMs);
  const failure = failures(request, deadline);
  let response: Response;
  try {
    response = await exchange(request, signal ? AbortSignal.any([deadline, signal]) : deadline);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw failure('', error);
  }
  const answer = answerOf(response, (message, cause) => failure(message, cause, response));
  const { status } = response;
  if (accept.includes(status)) return answer;
  // Before anything is cut: the beginning of a secret is none that could be found.
  const words = hidden(request, await answer.excerpt())
    .replace(/<[^>]*>|\s+/g, ' ')
    .trim()
    .slice(0, maxQuotedLength);
  const refusal = `status ${status}, not ${accept.join(' or ')}${words && `; ${words}`}`;
  throw failure(refusal, undefined, response, remedies[status]);
}

function initOf({ method, headers = {}, body }: Request, signal: AbortSignal): RequestInit {
  const clear = Object.entries(headers).map(([name, value]): [string, string] => [name, reveal(value)]);
  return {
    method,
    headers: Object.fromEntries(clear),
    redirect: 'manual',
    signal,
    ...(body !== undefined && {
      body: typeof body === 'string' ? body : streamOf(body()),
      duplex: 'half' as const,
    }),
  };
}

/** Makes the errors of one request: where, why, with the id by which the service's log knows it. */
function failures(request: Request, deadline: AbortSignal) {
  const { service, method, url, signal, timeoutMs } = request;
  return (message: string, cause?: unknown, response?: Response, remedy?: string): RequestError => {
    const id = response?.headers.get('x-openstack-request-id')?.slice(0, 100);
    const reason = cause === undefined ? '' : reasonOf(cause);
    const words = [message, reason].filter(Boolean).join(': ');
    const text = `${method} ${url}: ${words}${id ? `; request ${id}` : ''}`;
    const place = { service, method, path: new URL(url).pathname };
    const known = { ...(response && { status: response.status }), ...(id && { requestId: id }) };
    return new RequestError(hidden(request, text), { ...place, ...known }, remedy, { cause });
  };

  function reasonOf(error: unknown): string {
    if (signal?.aborted) return 'interrupted';
    if (deadline.aborted || isTimeout(error)) return `no answer within ${Math.round(timeoutMs / 1000)} s`;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

/** A text without the secrets of a request and those that are known otherwise. */
function hidden({ headers = {}, secrets = [] }: Request, text: string): string {
  const own = [...Object.values(headers), ...secrets].filter((value) => value instanceof Secret);
  return masked(own.reduce((shown, secret) => shown.replaceAll(secret.reveal(), String(secret)), text));
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
