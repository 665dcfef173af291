import { textOf } from '../../foreign-text.ts';
import type { SecurityContext } from '../context.ts';
import { SecurityError } from '../security-error.ts';
import type { Credentials } from './client-context.ts';
import type { OfferedScheme } from './offered-schemes.ts';

const shown: ReadonlyMap<string, string> = new Map([
  ['negotiate', 'Negotiate'],
  ['kerberos', 'Kerberos'],
  ['basic', 'Basic'],
  ['credssp', 'CredSSP'],
]);

/**
 * The scheme to answer in, of those that a server offers. Throws SecurityError where none is for the credentials: a password is never
 * sent to a server that takes Kerberos alone.
 */
export function chooseScheme(
  offered: readonly OfferedScheme[],
  { kind }: Pick<Credentials, 'kind'>,
): SecurityContext['scheme'] {
  const offers = (scheme: string): boolean => offered.some((one) => one.scheme === scheme);
  if (offers('negotiate')) return 'Negotiate';
  if (kind === 'ticket' && offers('kerberos')) return 'Kerberos';
  const names = [...new Set(offered.map(({ scheme }) => shown.get(scheme) ?? textOf(scheme, 40)))];
  const list = names.length > 0 ? `${names.join(', ')} only` : 'no login that is known';
  const ours =
    kind === 'ticket'
      ? 'a ticket is for Negotiate or Kerberos'
      : 'a password is for NTLM, which needs Negotiate';
  throw new SecurityError('not-offered', `the node takes ${list}, and ${ours}`, remedyFor(offers));
}

function remedyFor(offers: (scheme: string) => boolean): string {
  return offers('kerberos')
    ? 'get a ticket with kinit and set `authentication: kerberos`, or allow Negotiate at the node'
    : 'allow Negotiate at the node: Set-Item WSMan:\\localhost\\Service\\Auth\\Negotiate $true';
}
