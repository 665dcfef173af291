import { SessionError } from '../../../errors.ts';
import { openBody, type SealedBody, sealBody } from '../../security/body.ts';
import type { SecurityContext } from '../../security/context.ts';
import { SecurityError } from '../../security/security-error.ts';
import { BrokenError, type Connection, connectionOver, type HttpReply } from './connection.ts';
import type { LoggedIn, Login } from './login.ts';
import { notLetIn } from './not-let-in.ts';
import { kindOf, refusal } from './refusal.ts';
import { type HttpBounds, hostOf, type WinrmNode } from './settings.ts';
import { openSocket, unreachable } from './socket.ts';

/** A way for envelopes to a node: one connection at a time, opened and logged in when there is none. */
export interface Channel {
  /**
   * Gives the envelope that answers. Throws SessionError, the reason of the signal, and BrokenError where there is no whole answer:
   * then the request may have been carried out, unless it was not sent.
   */
  ask(envelope: string, options: AskOptions): Promise<string>;
  close(): void;
}

export interface AskOptions {
  /** Milliseconds for the answer. */
  readonly limit: number;
  /** Milliseconds after which the node should say that it has nothing to say; default: shortly before the limit. */
  readonly operation?: number;
  readonly signal?: AbortSignal | undefined;
}

const contentType = 'application/soap+xml;charset=UTF-8';
/** Bytes of an answer: the longest envelope that a node may be set up for by far, sealed. */
const maxBytes = 8 * 1024 * 1024;
/** A node that let us in may forget it, in the middle of a session or at once: it did not carry out what it answers so. */
const maxLogins = 2;

interface Open extends LoggedIn {
  readonly connection: Connection;
}

/** One request at a time: callers wait for one another by themselves. */
export function channelTo(node: WinrmNode, login: Login, bounds: HttpBounds): Channel {
  let current: Open | undefined;
  let closed = false;
  const open = async (signal: AbortSignal | undefined): Promise<Open> => {
    if (current && !current.connection.gone) return current;
    const socket = await openSocket(node, bounds, signal);
    const connection = connectionOver(socket, `${hostOf(node.address)}:${node.port}`);
    try {
      current = { connection, ...(await login(connection, { limit: bounds.answer, signal })) };
    } catch (error) {
      connection.close();
      if (!(error instanceof BrokenError)) throw error;
      if (error.because !== 'cut') throw unreachable(node, `at the login ${error.message}`, error);
      throw new BrokenError(error.message, 'unsent');
    }
    if (closed) connection.close();
    return current;
  };
  const put = async (envelope: string, { limit, signal }: AskOptions): Promise<string | 'unknown'> => {
    const { connection, headers, context } = await open(signal);
    // TLS keeps it from others already; over HTTP nothing goes in clear unless the site file says so.
    const seals = node.scheme === 'http' && !node.allowUnencrypted;
    if (seals && !context) throw clearText(node);
    const sent = await bodyOf(envelope, seals ? context : undefined);
    const all = { ...headers, 'Content-Type': sent.contentType };
    const reply = await connection.post({ headers: all, body: sent.body, limit, maxBytes, signal });
    try {
      if (reply.status !== 401) return await opened(node, reply, seals ? context : undefined);
    } catch (error) {
      // Keys that disagree, or a page of somebody else: nothing more goes this way.
      connection.close();
      throw error;
    }
    connection.close();
    if (!context) throw notLetIn(node);
    return 'unknown';
  };
  return {
    async ask(envelope, options) {
      for (let logins = 0; logins < maxLogins; logins += 1) {
        const answer = await put(envelope, options);
        if (answer !== 'unknown') return answer;
      }
      throw new BrokenError('the node lets us in and then does not know who we are', 'unsent');
    },
    close() {
      closed = true;
      current?.connection.close();
    },
  };
}

/** An envelope as it goes out; its clear bytes are kept by nobody, as 500 nodes may be brought their agents at once. */
async function bodyOf(envelope: string, context: SecurityContext | undefined): Promise<SealedBody> {
  const body = Buffer.from(envelope, 'utf8');
  return context ? sealBody(context, body) : { contentType, body };
}

/** The envelope in an answer, opened with the keys of the connection that it came over. */
async function opened(
  node: WinrmNode,
  reply: HttpReply,
  context: SecurityContext | undefined,
): Promise<string> {
  const kind = kindOf(node, reply);
  if (!context) {
    if (kind === 'plain') return reply.body.toString('utf8');
    throw refusal(node, reply);
  }
  try {
    return (await openBody(context, reply.headers['content-type'], reply.body)).toString('utf8');
  } catch (error) {
    if (!(error instanceof SecurityError)) throw error;
    throw new SessionError(
      node.name,
      'protocol',
      `the reply was altered or cut: ${error.message}`,
      error.remedy,
      { cause: error },
    );
  }
}

function clearText(node: WinrmNode): SessionError {
  return new SessionError(
    node.name,
    'authentication',
    'over HTTP nothing would be encrypted with this kind of login, and nothing was sent',
    'Use `scheme: https`, or another `authentication`.',
  );
}
