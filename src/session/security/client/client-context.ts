import type { Secret } from '../../../secret.ts';
import { channelBindings, endPointBinding } from '../channel-bindings.ts';
import type { SecurityContext } from '../context.ts';
import { kerberosClient } from '../kerberos/client.ts';
import type { Mechanism } from '../mechanism.ts';
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
  readonly credentials: Credentials;
  /** As the settings name the node: the login is for `HTTP/host`. */
  readonly host: string;
  /** Of the TLS connection that the login is bound to, in DER; absent: it is bound to none. */
  readonly certificate?: Buffer;
}

/** The client's end of one connection. `Negotiate` wraps tokens in SPNEGO, `Kerberos` sends them bare. */
export function clientContext(settings: ClientSettings): SecurityContext {
  const { scheme } = settings;
  const mechanism = mechanismOf(settings);
  return mechanismContext(scheme, mechanism, scheme === 'Kerberos' ? mechanism : spnegoClient(mechanism));
}

function mechanismOf({ credentials, host, certificate }: ClientSettings): Mechanism {
  if (credentials.kind === 'ticket') {
    const { kind: _, service = 'HTTP', ...who } = credentials;
    return kerberosClient({
      ...who,
      service,
      host,
      ...(certificate ? { binding: endPointBinding(certificate) } : {}),
    });
  }
  return ntlmClient({
    account: accountOf(credentials.user),
    password: credentials.password,
    target: `HTTP/${host}`,
    ...(certificate ? { channelBindings: channelBindings(certificate) } : {}),
  });
}

/** A user as NTLM takes it: the domain apart, but for a realm behind the name. */
function accountOf(user: string): Account {
  const [domain = '', name] = user.split('\\', 2);
  return name === undefined ? { user, domain: '' } : { user: name, domain };
}
