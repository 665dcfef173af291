import { InternalError } from '../../../errors.ts';
import { endPointBinding } from '../../../session/security/channel-bindings.ts';
import { bindingsOf } from '../../../session/security/kerberos/client.ts';
import { failure, isError } from '../../../session/security/kerberos/failure.ts';
import type { Gssapi, GssBuffer, Handle, Out } from '../../../session/security/kerberos/gssapi.ts';
import {
  type KerberosState,
  kerberosMechanism,
  released,
} from '../../../session/security/kerberos/mechanism.ts';
import { asBuffer } from '../../../session/security/kerberos/sealing.ts';
import type { Mechanism } from '../../../session/security/mechanism.ts';
import type { Account } from '../../../session/security/ntlm/keys.ts';
import { SecurityError } from '../../../session/security/security-error.ts';
import type { BindingSettings } from './channel-binding.ts';

export interface KerberosServerSettings {
  /** Absolute path of the file with the keys of the node's services. */
  readonly keytab: string;
  readonly binding: BindingSettings;
  /** Told who has logged in, the realm as the domain. */
  readonly onLogin: (account: Account) => void;
}

/** GSS_C_CHANNEL_BOUND_FLAG of MIT Kerberos 1.19: the client named the same TLS connection. */
const channelBound = 0x800;

/** The server of Kerberos by the library of this machine; any service of the keytab may be asked for. */
export function kerberosServer({ keytab, binding, onLogin }: KerberosServerSettings): Mechanism {
  const state: KerberosState = { context: [null], complete: false };
  const { context } = state;
  const mechanism = kerberosMechanism(state, async (gss, token) => {
    const credentials: Out<Handle> = [keysOf(gss, keytab)];
    released.register(mechanism, () => gss.delete_sec_context([0], context, null));
    try {
      const answer = accepted(gss, credentials[0], state, token, binding);
      const [user = '', domain = ''] = answer.user.split('@');
      onLogin({ user, domain });
      return answer.token;
    } finally {
      gss.release_cred([0], credentials);
    }
  });
  return mechanism;
}

function accepted(
  gss: Gssapi,
  keys: Handle,
  state: KerberosState,
  token: Buffer | undefined,
  { level, certificate }: BindingSettings,
): { user: string; token?: Buffer } {
  const minor: Out<number> = [0];
  const output: GssBuffer = {};
  const source: Out<Handle> = [null];
  const told: Out<number> = [0];
  const checked = level !== 'none' && certificate ? bindingsOf(endPointBinding(certificate)) : null;
  const major = gss.accept_sec_context(
    minor,
    state.context,
    keys,
    asBuffer(token),
    checked,
    source,
    null,
    output,
    told,
    null,
    null,
  );
  const answer = gss.take(output);
  if (isError(major)) throw failure(gss, 'the login is refused', major, minor[0]);
  const user = nameOf(gss, source);
  if (checked && level === 'strict' && !(told[0] & channelBound))
    throw new SecurityError('channel-binding', 'the login names no TLS connection');
  if (major !== 0) throw new InternalError('Kerberos asks for more than one token');
  state.complete = true;
  return { user, ...(answer ? { token: answer } : {}) };
}

function nameOf(gss: Gssapi, source: Out<Handle>): string {
  const text: GssBuffer = {};
  gss.display_name([0], source[0], text, null);
  gss.release_name([0], source);
  return String(gss.take(text));
}

function keysOf(gss: Gssapi, keytab: string): Handle {
  const minor: Out<number> = [0];
  const keys: Out<Handle> = [null];
  const store = { count: 1, elements: [{ key: 'keytab', value: keytab }] };
  const major = gss.acquire_cred_from(minor, null, 0, null, 2, store, keys, null, null);
  if (isError(major)) throw failure(gss, `no keys in ${keytab}`, major, minor[0]);
  return keys[0];
}
