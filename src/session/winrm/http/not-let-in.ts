import { SessionError } from '../../../errors.ts';
import { textOf } from '../../foreign-text.ts';
import type { OfferedScheme } from '../../security/client/offered-schemes.ts';
import { hostOf, type WinrmNode } from './settings.ts';

const where = ({ address, port }: WinrmNode): string => `${hostOf(address)}:${port}`;

/** The node said no to what it was shown. `offers`: what it says instead, where it did not even look at it. */
export function notLetIn(node: WinrmNode, offers?: readonly OfferedScheme[]): SessionError {
  const who = node.user === undefined ? 'the account of the ticket' : node.user;
  const by = shownBy(node);
  const others = offers && offers.length > 0 ? `; it offers ${namesOf(offers)}` : '';
  return new SessionError(
    node.name,
    'authentication',
    `${where(node)} does not let ${who} in by ${by}${others}`,
    remedyOf(node),
  );
}

/** The node does not take Basic. */
export function noBasic(node: WinrmNode, offers: readonly OfferedScheme[]): SessionError {
  return new SessionError(
    node.name,
    'authentication',
    `${where(node)} takes ${namesOf(offers)}, and the site file has \`authentication: basic\`; nothing was tried`,
    'Leave `authentication` out, or on the node: `Set-Item WSMan:\\localhost\\Service\\Auth\\Basic $true`.',
  );
}

function shownBy({ authentication, password }: WinrmNode): string {
  if (authentication === 'certificate') return 'its certificate';
  if (authentication === 'basic') return 'the password (Basic)';
  return password ? 'the password' : 'Kerberos';
}

function remedyOf({ authentication, scheme }: WinrmNode): string {
  if (authentication === 'certificate')
    return 'On the node the certificate is mapped to an account: `winrm enumerate winrm/config/service/certmapping`, and Auth\\Certificate is true.';
  const account = 'Is the password right, and the account neither locked nor expired?';
  if (authentication === 'basic') return `${account} Basic knows only accounts of the node itself.`;
  const binding =
    scheme === 'https'
      ? ' A node that is strict about channel binding (CbtHardeningLevel) refuses also where somebody between ends TLS.'
      : '';
  return `${account} It was tried once.${binding}`;
}

/** Names as they are written, each once. */
function namesOf(offers: readonly OfferedScheme[]): string {
  const names = [...new Set(offers.map(({ scheme }) => textOf(scheme, 40) ?? ''))];
  return names.map((name) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`).join(', ') || 'nothing';
}
