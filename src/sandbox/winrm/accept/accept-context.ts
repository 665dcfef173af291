import { InternalError } from '../../../errors.ts';
import type { SecurityContext } from '../../../session/security/context.ts';
import type { Mechanism } from '../../../session/security/mechanism.ts';
import type { Account } from '../../../session/security/ntlm/keys.ts';
import { ntlmOid } from '../../../session/security/ntlm/mechanism.ts';
import { type NtlmServerSettings, type NtlmSwitches, ntlmServer } from './ntlm-server.ts';
import { spnegoServer } from './spnego-server.ts';

/** How a server lets clients in, under the scheme `Negotiate`. */
export interface AcceptSettings extends Pick<NtlmServerSettings, 'computer' | 'passwordOf' | 'binding'> {
  readonly switches?: NtlmSwitches;
}

/** The server's end of one connection. */
export interface AcceptedContext extends SecurityContext {
  /** Absent before somebody has logged in. */
  readonly account?: Account | undefined;
}

/** A context that waits for a client's first token. */
export function acceptContext({ switches = {}, ...settings }: AcceptSettings): AcceptedContext {
  let account: Account | undefined;
  const ntlm = ntlmServer({
    ...settings,
    switches,
    onLogin: (who) => {
      account = who;
    },
  });
  const server = spnegoServer({ [ntlmOid]: ntlm });
  const mechanism = (): Mechanism => {
    if (!server.mechanism) throw new InternalError('a message before the first token');
    return server.mechanism;
  };
  return {
    scheme: 'Negotiate',
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
