import { TLSSocket } from 'node:tls';
import { SessionError } from '../../../errors.ts';
import { chooseScheme } from '../../security/client/choose-scheme.ts';
import { type OfferedScheme, offeredSchemes } from '../../security/client/offered-schemes.ts';
import type { SecurityContext } from '../../security/context.ts';
import { SecurityError } from '../../security/security-error.ts';
import { contextFor, credentialsOf } from './client-context.ts';
import type { Connection, HttpReply, Post } from './connection.ts';
import { noBasic, notLetIn } from './not-let-in.ts';
import { refusal } from './refusal.ts';
import type { WinrmNode } from './settings.ts';

/** What a new connection has after its login. */
export interface LoggedIn {
  /** For every request. */
  readonly headers: Readonly<Record<string, string>>;
  /** What both ends agreed on for this connection; absent: nothing that could seal. */
  readonly context?: SecurityContext;
}

/** Logs in on one new connection after another, always in the same way. */
export type Login = (connection: Connection, post: Pick<Post, 'limit' | 'signal'>) => Promise<LoggedIn>;

/** As Windows reads it where TLS has asked for the certificate ([MS-WSMV] 2.2.9.2, and the source of pywinrm). */
const byCertificate = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/** Bytes of an answer before anybody is logged in. */
const maxBytes = 64 * 1024;
/** More tokens than any exchange has. */
const maxTokens = 6;

/**
 * How a node is logged in to: by what it offers, of which it is asked before it is told anything, and what the site says. Throws
 * SessionError: authentication (never tried again, as accounts are locked), protocol (who answers is no WinRM).
 */
export function loginTo(node: WinrmNode): Login {
  let offers: readonly OfferedScheme[] | undefined;
  return async (connection, bounds) => {
    if (node.authentication === 'certificate') return { headers: { Authorization: byCertificate } };
    const ask = (headers: Post['headers']): Promise<HttpReply> =>
      connection.post({ headers, body: Buffer.alloc(0), maxBytes, ...bounds });
    offers ??= await offersOf(node, ask);
    if (node.authentication === 'basic') return { headers: { Authorization: basic(node, offers) } };
    try {
      const credentials = credentialsOf(node);
      const scheme = chooseScheme(offers, credentials);
      const certificate =
        connection.socket instanceof TLSSocket ? connection.socket.getPeerCertificate().raw : undefined;
      const context = contextFor(node, credentials, scheme, certificate);
      await agree(node, context, ask);
      return { headers: {}, context };
    } catch (error) {
      if (!(error instanceof SecurityError)) throw error;
      throw new SessionError(node.name, 'authentication', error.message, error.remedy, { cause: error });
    }
  };
}

async function offersOf(
  node: WinrmNode,
  ask: (headers: Post['headers']) => Promise<HttpReply>,
): Promise<readonly OfferedScheme[]> {
  const reply = await ask({});
  const offers = offeredSchemes(reply.offers);
  if (reply.status === 401 && offers.length > 0) return offers;
  throw refusal(node, reply);
}

function basic(node: WinrmNode, offers: readonly OfferedScheme[]): string {
  if (!offers.some(({ scheme }) => scheme === 'basic')) throw noBasic(node, offers);
  // The site file takes Basic without TLS only where it allows clear text: src/site/rules/winrm.ts.
  const pair = `${node.user ?? ''}:${node.password?.reveal() ?? ''}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/** Exchanges tokens until both ends know each other. */
async function agree(
  node: WinrmNode,
  context: SecurityContext,
  ask: (headers: Post['headers']) => Promise<HttpReply>,
): Promise<void> {
  const { scheme } = context;
  let token = await context.step();
  for (let sent = 0; token && sent < maxTokens; sent += 1) {
    const reply = await ask({ Authorization: `${scheme} ${token.toString('base64')}` });
    const offers = offeredSchemes(reply.offers);
    const answer = offers.find((offer) => offer.scheme === scheme.toLowerCase())?.token;
    if (reply.status === 401 && !answer) throw notLetIn(node, sent === 0 ? offers : undefined);
    if (reply.status !== 401 && reply.status !== 200) throw refusal(node, reply);
    token = answer && (await context.step(answer));
    if (reply.status === 401) continue;
    if (context.complete) return;
    break;
  }
  throw new SessionError(
    node.name,
    'authentication',
    'the login came to no end: the node let us in without its proof of who it is',
  );
}
