import { isUtf8 } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import type { Scheme } from '../service/config.ts';
import type { Account } from '../service/service.ts';
import type { Acceptor } from './acceptor.ts';
import { accountNamed } from './account-named.ts';
import type { Connection } from './connection.ts';

/** Whom a node lets in, and by which schemes. */
export interface Door {
  readonly accounts: readonly Account[];
  /** With Kerberos only where the node has keys for it. */
  readonly schemes: readonly Scheme[];
  readonly accept: Acceptor;
  /** Subject of the client certificate that stands for the first account; its issuer is the one that TLS trusts. */
  readonly clientSubject?: string;
  /** Lines in place of those that the schemes make. */
  readonly offers?: readonly string[];
  /** Whether messages that are not sealed may come; Basic is taken only there. */
  readonly isPrivate: boolean;
  readonly isBlocked: boolean;
}

/** In, or the lines of WWW-Authenticate for the next try. */
export type Entry =
  | { readonly account: Account; readonly challenge?: string }
  | { readonly challenges: readonly string[] };

/** [MS-WSMV] 2.2.4.9: what a client says in Authorization when its certificate says the rest. */
const mutual = 'http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual';

/** Finds out who sends a message, by what its connection knows and what its Authorization says. Throws SecurityError. */
export async function letIn(connection: Connection, authorization: string, door: Door): Promise<Entry> {
  const [scheme = '', token = ''] = authorization.split(/ +/, 2);
  if (authorization === '' && connection.account) return { account: connection.account };
  const account = door.isBlocked ? undefined : await known(connection, scheme.toLowerCase(), token, door);
  if (account && 'challenges' in account) return account;
  return account ?? { challenges: offersOf(door) };
}

async function known(
  connection: Connection,
  scheme: string,
  token: string,
  door: Door,
): Promise<Entry | undefined> {
  if (scheme === 'basic' && takes(door, 'Basic')) return basic(token, door);
  if (scheme === mutual && takes(door, 'Certificate')) return byCertificate(connection, door);
  for (const name of ['Negotiate', 'Kerberos'] as const)
    if (scheme === name.toLowerCase() && takes(door, name)) return negotiate(connection, name, token, door);
  return undefined;
}

function takes({ schemes, isPrivate }: Door, scheme: Scheme): boolean {
  return schemes.includes(scheme) && (isPrivate || scheme !== 'Basic');
}

function basic(token: string, { accounts }: Door): Entry | undefined {
  const bytes = Buffer.from(token, 'base64');
  // RFC 7617 leaves the encoding to both ends; clients write UTF-8 or the Latin alphabet of Windows.
  const text = bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
  const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  const account = accountNamed(accounts, name);
  return account && isSame(password, account.password.reveal()) ? { account } : undefined;
}

function byCertificate({ clientCertificate }: Connection, door: Door): Entry | undefined {
  const [account] = door.accounts;
  const isOurs = clientCertificate?.isTrusted && clientCertificate.subject === door.clientSubject;
  return account && isOurs ? { account } : undefined;
}

async function negotiate(
  connection: Connection,
  scheme: 'Negotiate' | 'Kerberos',
  token: string,
  { accept, accounts }: Door,
): Promise<Entry | undefined> {
  if (!connection.context || connection.context.complete) {
    delete connection.account;
    connection.context = accept(scheme, connection.certificate);
  }
  const { context } = connection;
  try {
    const answer = await context.step(Buffer.from(token, 'base64'));
    const challenge = answer && `${scheme} ${answer.toString('base64')}`;
    if (!context.complete) return { challenges: [challenge ?? scheme] };
    const account = accountNamed(accounts, context.account?.user ?? '');
    if (!account) return undefined;
    connection.account = account;
    return { account, ...(challenge !== undefined && { challenge }) };
  } catch (error) {
    delete connection.context;
    throw error;
  }
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function offersOf(door: Door): readonly string[] {
  if (door.offers) return door.offers;
  return door.schemes.flatMap((scheme) => {
    if (scheme === 'Certificate' || !takes(door, scheme)) return [];
    return [scheme === 'Basic' ? 'Basic realm="WSMAN"' : scheme];
  });
}
