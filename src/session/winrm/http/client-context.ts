import { SessionError } from '../../../errors.ts';
import { type Credentials, clientContext } from '../../security/client/client-context.ts';
import type { SecurityContext } from '../../security/context.ts';
import type { WinrmNode } from './settings.ts';

/**
 * What we show a node: its password by NTLM, or a ticket of Kerberos where there is none, where a keytab is named, or where the site says
 * so. Throws SessionError where there is nothing for what the site says.
 */
export function credentialsOf({ name, authentication, user, password, keytab, spn }: WinrmNode): Credentials {
  const byTicket = authentication === 'kerberos' || keytab !== undefined || password === undefined;
  if (byTicket && authentication !== 'ntlm')
    return {
      kind: 'ticket',
      ...(user !== undefined && { user }),
      ...(keytab !== undefined && { keytab }),
      ...(spn !== undefined && { service: spn.slice(0, spn.indexOf('/')) }),
    };
  if (user !== undefined && password) return { kind: 'password', user, password };
  const remedy = 'Set `user` and `password` of the node.';
  throw new SessionError(name, 'authentication', 'there is nothing to log in with', remedy);
}

/** Our end of a new connection. `certificate`: that of TLS, in DER. Throws SecurityError. */
export function contextFor(
  { address, spn }: WinrmNode,
  credentials: Credentials,
  scheme: SecurityContext['scheme'],
  certificate?: Buffer,
): SecurityContext {
  const host = spn?.slice(spn.indexOf('/') + 1) ?? address;
  return clientContext({ scheme, credentials, host, ...(certificate && { certificate }) });
}
