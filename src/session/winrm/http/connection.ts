import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
} from 'node:http';
import type { Socket } from 'node:net';

/** One request over a connection. */
export interface Post {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Milliseconds for the whole answer. */
  readonly limit: number;
  /** Bytes of an answer that are taken. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Every `WWW-Authenticate` as it was sent. */
  readonly offers: readonly string[];
  readonly body: Buffer;
}

/** One TCP connection, one request at a time. What two ends agreed on to know each other belongs to it and ends with it. */
export interface Connection {
  readonly socket: Socket;
  /** Whether no request can go this way any more. */
  readonly gone: boolean;
  /** Throws BrokenError where there is no whole answer, and the reason of the signal. */
  post(what: Post): Promise<HttpReply>;
  close(): void;
}

/** There was no whole answer. Whether the request was carried out nobody knows, unless it was not sent. */
export class BrokenError extends Error {
  override readonly name = 'BrokenError';
  constructor(
    message: string,
    readonly because: 'unsent' | 'cut' | 'late' | 'long' | 'malformed',
  ) {
    super(message);
  }
}

export function connectionOver(socket: Socket, host: string): Connection {
  const agent = agentOf(socket);
  let closed = false;
  const close = (): void => {
    closed = true;
    agent.destroy();
    socket.destroy();
  };
  return {
    socket,
    get gone() {
      return closed || socket.destroyed || !socket.writable || socket.readableEnded;
    },
    close,
    async post(what) {
      what.signal?.throwIfAborted();
      if (this.gone) throw new BrokenError('the connection is gone', 'unsent');
      try {
        const reply = await exchange(agent, host, what);
        if (/\bclose\b/i.test(reply.headers.connection ?? '')) close();
        return reply;
      } catch (error) {
        // What comes later would be taken for the answer to the next request.
        close();
        throw error;
      }
    },
  };
}

/** An agent that knows this socket alone: a second one would be a connection that nobody has logged in to. */
function agentOf(socket: Socket): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let given = false;
  return Object.assign(agent, {
    createConnection(_options: unknown, done: (error: Error | null, socket?: Socket) => void) {
      if (given) return void done(new BrokenError('the connection is gone', 'unsent'));
      given = true;
      return socket;
    },
  });
}

function exchange(agent: Agent, host: string, what: Post): Promise<HttpReply> {
  const { headers, body, limit, signal } = what;
  const all = { Host: host, 'User-Agent': 'oriel', 'Content-Length': String(body.length), ...headers };
  const asked = request({ agent, method: 'POST', path: '/wsman', headers: all });
  let abort = (): void => {};
  let timer: NodeJS.Timeout | undefined;
  const reply = new Promise<HttpReply>((resolve, reject) => {
    timer = setTimeout(
      () => reject(new BrokenError(`there was no answer within ${limit / 1000} s`, 'late')),
      limit,
    );
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort);
    asked.on('error', (error) => reject(brokenBy(error)));
    asked.on('response', (response) => {
      read(response, what.maxBytes).then(resolve, reject);
    });
    asked.end(body);
  });
  return reply.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    forget(asked);
  });
}

/** What is left of a request that was given up may fail once more. */
function forget(asked: ClientRequest): void {
  asked.on('error', () => {});
}

function read(response: IncomingMessage, maxBytes: number): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let length = 0;
    response.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length <= maxBytes) return void pieces.push(piece);
      reject(new BrokenError(`the answer is longer than ${maxBytes} bytes`, 'long'));
      response.destroy();
    });
    response.on('error', (error) => reject(brokenBy(error)));
    response.on('close', () =>
      reject(new BrokenError('the connection broke in the middle of the answer', 'cut')),
    );
    response.on('end', () => {
      const { statusCode: status = 0, headers, headersDistinct } = response;
      const offers = headersDistinct['www-authenticate'] ?? [];
      if (response.complete) resolve({ status, headers, offers, body: Buffer.concat(pieces) });
    });
  });
}

function brokenBy(error: NodeJS.ErrnoException): BrokenError {
  if (error instanceof BrokenError) return error;
  const isParser = error.code?.startsWith('HPE_') ?? false;
  return new BrokenError(error.message, isParser ? 'malformed' : 'cut');
}
