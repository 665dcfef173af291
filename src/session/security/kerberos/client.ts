import { randomUUID } from 'node:crypto';
import type { Mechanism } from '../mechanism.ts';
import { failure, isError } from './failure.ts';
import type { Bindings, Gssapi, GssBuffer, Handle, Out } from './gssapi.ts';
import { type KerberosState, kerberosMechanism, released } from './mechanism.ts';
import { hostBasedService, kerberos, userName } from './oids.ts';
import { asBuffer } from './sealing.ts';

export interface KerberosClientSettings {
  readonly service: string;
  readonly host: string;
  /** `user@REALM`; absent: whose ticket is there. */
  readonly user?: string;
  readonly keytab?: string;
  /** Application data of the channel binding; absent: there is none. */
  readonly binding?: Buffer;
}

/** Mutual, with detection of replay and sequence, sealed and signed (RFC 2744 5.19). */
const flags = 2 | 4 | 8 | 16 | 32;

interface Pointers {
  readonly target: Out<Handle>;
  readonly credentials: Out<Handle>;
}

/** The client of Kerberos by the library of this machine: from a ticket of kinit, or from a keytab. It does not delegate. */
export function kerberosClient(settings: KerberosClientSettings): Mechanism {
  const state: KerberosState = { context: [null], complete: false };
  const { context } = state;
  let pointers: Pointers | undefined;
  const mechanism = kerberosMechanism(state, async (gss, token) => {
    if (!pointers) {
      const own: Pointers = { target: [null], credentials: [null] };
      pointers = own;
      released.register(mechanism, () => {
        gss.delete_sec_context([0], context, null);
        gss.release_cred([0], own.credentials);
        gss.release_name([0], own.target);
      });
      own.target[0] = nameOf(gss, `${settings.service}@${settings.host}`, hostBasedService);
      own.credentials[0] = await credentialsOf(gss, settings);
    }
    return begun(gss, settings, pointers, state, token);
  });
  return mechanism;
}

async function begun(
  gss: Gssapi,
  { service, host, binding }: KerberosClientSettings,
  { credentials, target }: Pointers,
  state: KerberosState,
  token: Buffer | undefined,
): Promise<Buffer | undefined> {
  const minor: Out<number> = [0];
  const output: GssBuffer = {};
  const bindings = binding ? bindingsOf(binding) : null;
  const major = await asked((done) =>
    gss.init_sec_context.async(
      minor,
      credentials[0],
      state.context,
      target[0],
      kerberos,
      flags,
      0,
      bindings,
      asBuffer(token),
      null,
      output,
      [0],
      null,
      done,
    ),
  );
  const next = gss.take(output);
  if (isError(major)) throw failure(gss, `no login at ${service}/${host} by Kerberos`, major, minor[0]);
  state.complete = major === 0;
  return next;
}

/** Null stands for the ticket that is there. */
async function credentialsOf(gss: Gssapi, { user, keytab }: KerberosClientSettings): Promise<Handle> {
  if (user === undefined && keytab === undefined) return null;
  const minor: Out<number> = [0];
  const credentials: Out<Handle> = [null];
  const name: Out<Handle> = [user === undefined ? null : nameOf(gss, user, userName)];
  // A cache of its own, so that tickets of kinit are neither used nor replaced.
  const elements =
    keytab === undefined
      ? []
      : [
          { key: 'client_keytab', value: keytab },
          { key: 'ccache', value: `MEMORY:${randomUUID()}` },
        ];
  const store = { count: elements.length, elements };
  const major = await asked((done) =>
    gss.acquire_cred_from.async(minor, name[0], 0, null, 1, store, credentials, null, null, done),
  );
  gss.release_name([0], name);
  if (isError(major)) throw failure(gss, `no ticket of ${user ?? keytab}`, major, minor[0]);
  return credentials[0];
}

function nameOf(gss: Gssapi, text: string, type: typeof userName): Handle {
  const minor: Out<number> = [0];
  const name: Out<Handle> = [null];
  const major = gss.import_name(minor, asBuffer(Buffer.from(text)), type, name);
  if (isError(major)) throw failure(gss, `${text} is not a valid name for Kerberos`, major, minor[0]);
  return name[0];
}

/** gss_channel_bindings_struct with neither address. */
export function bindingsOf(application: Buffer): Bindings {
  const none = asBuffer(undefined);
  return {
    initiatorType: 0,
    initiator: none,
    acceptorType: 0,
    acceptor: none,
    application: asBuffer(application),
  };
}

/** A call in another thread, as it may ask a KDC; what it is given has to stay until it is done. */
function asked(call: (done: (error: Error | null, major: number) => void) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    call((error, major) => (error ? reject(error) : resolve(major)));
  });
}
