import type { Secret } from '../../../secret.ts';
import { channelBindings } from '../channel-bindings.ts';
import type { SecurityContext } from '../context.ts';
import { mechanismContext } from '../mechanism-context.ts';
import { ntlmClient } from '../ntlm/client.ts';
import type { Account } from '../ntlm/keys.ts';
import { spnegoClient } from '../spnego/client.ts';

/** Who logs in by a password, with NTLM. */
export interface PasswordCredentials {
  readonly kind: 'password';
  /** `user`, `DOMAIN\user` or `user@realm`. */
  readonly user: string;
  readonly password: Secret;
}

/** Who logs in with a ticket of Kerberos. */
export interface TicketCredentials {
  readonly kind: 'ticket';
  /** `user@REALM`; absent: of the ticket that is there. */
  readonly user?: string;
  /** Absolute path of a file with the account's keys; absent: a ticket of kinit is used. */
  readonly keytab?: string;
  /** First part of the name of the node's service; default: HTTP. */
  readonly service?: string;
}

export type Credentials = PasswordCredentials | TicketCredentials;

export interface ClientSettings {
  readonly scheme: SecurityContext['scheme'];
  readonly credentials: PasswordCredentials;
  /** As the settings name the node: the login is for `HTTP/host`. */
  readonly host: string;
  /** Of the TLS connection that the login is bound to, in DER; absent: it is bound to none. */
  readonly certificate?: Buffer;
}

/** The client's end of one connection. */
export function clientContext({ scheme, credentials, host, certificate }: ClientSettings): SecurityContext {
  const mechanism = ntlmClient({
    account: accountOf(credentials.user),
    password: credentials.password,
    target: `HTTP/${host}`,
    ...(certificate ? { channelBindings: channelBindings(certificate) } : {}),
  });
  return mechanismContext(scheme, mechanism, spnegoClient(mechanism));
}

/** A user as NTLM takes it: the domain apart, but for a realm behind the name. */
function accountOf(user: string): Account {
  const [domain = '', name] = user.split('\\', 2);
  return name === undefined ? { user, domain: '' } : { user: name, domain };
}
