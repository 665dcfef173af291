import { InternalError } from '../../../errors.ts';
import type { SecurityContext } from '../../../session/security/context.ts';
import { kerberosOid, microsoftKerberosOid } from '../../../session/security/kerberos/oids.ts';
import type { Mechanism } from '../../../session/security/mechanism.ts';
import type { Account } from '../../../session/security/ntlm/keys.ts';
import { ntlmOid } from '../../../session/security/ntlm/mechanism.ts';
import { kerberosServer } from './kerberos-server.ts';
import { type NtlmServerSettings, type NtlmSwitches, ntlmServer } from './ntlm-server.ts';
import { type SpnegoServer, spnegoServer } from './spnego-server.ts';

/** How a server lets clients in. */
export interface AcceptSettings extends Pick<NtlmServerSettings, 'computer' | 'passwordOf' | 'binding'> {
  /** Default: Negotiate, with NTLM and, where there is a keytab, Kerberos. */
  readonly scheme?: SecurityContext['scheme'];
  readonly switches?: NtlmSwitches;
  /** Absolute path of the file with the node's keys; absent: the node has no Kerberos. */
  readonly keytab?: string;
}

/** The server's end of one connection. */
export interface AcceptedContext extends SecurityContext {
  /** Absent before somebody has logged in; one of Kerberos has its realm for a domain. */
  readonly account?: Account | undefined;
}

/** A context that waits for a client's first token. */
export function acceptContext({
  scheme = 'Negotiate',
  switches = {},
  keytab,
  ...settings
}: AcceptSettings): AcceptedContext {
  let account: Account | undefined;
  const onLogin = (who: Account): void => {
    account = who;
  };
  const kerberos =
    keytab === undefined ? undefined : kerberosServer({ keytab, binding: settings.binding, onLogin });
  const ntlm = ntlmServer({ ...settings, switches, onLogin });
  const server = scheme === 'Kerberos' ? bareServer(kerberos) : spnegoServer(negotiable(ntlm, kerberos));
  const mechanism = (): Mechanism => {
    if (!server.mechanism) throw new InternalError('a message before the first token');
    return server.mechanism;
  };
  return {
    scheme,
    get account() {
      return account;
    },
    get complete() {
      return server.complete;
    },
    step: (token) => server.step(token),
    seal: (message) => mechanism().seal(message),
    open: (message) => mechanism().open(message),
  };
}

function negotiable(ntlm: Mechanism, kerberos: Mechanism | undefined): Readonly<Record<string, Mechanism>> {
  const both = kerberos ? { [kerberosOid]: kerberos, [microsoftKerberosOid]: kerberos } : {};
  return { ...both, [ntlmOid]: ntlm };
}

function bareServer(kerberos: Mechanism | undefined): SpnegoServer {
  if (!kerberos) throw new InternalError('Kerberos without a keytab');
  return {
    mechanism: kerberos,
    step: (token) => kerberos.step(token),
    get complete() {
      return kerberos.complete;
    },
  };
}
