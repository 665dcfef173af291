import { InternalError } from '../../../errors.ts';
import type { Mechanism } from '../mechanism.ts';
import { SecurityError } from '../security-error.ts';
import { type Gssapi, gssapi, type Handle } from './gssapi.ts';
import { kerberosOid } from './oids.ts';
import { openWith, sealWith } from './sealing.ts';

/** What either end of Kerberos knows. */
export interface KerberosState {
  /** Pointers that the library holds until they are released. */
  context: [Handle];
  complete: boolean;
}

/** An end of Kerberos from its steps; they fill the state. */
export function kerberosMechanism(
  state: KerberosState,
  step: (gss: Gssapi, token: Buffer | undefined) => Promise<Buffer | undefined>,
): Mechanism {
  const established = async (): Promise<Gssapi> => {
    if (!state.complete) throw new InternalError('Kerberos: sealed before both ends know each other');
    return gssapi();
  };
  return {
    oid: kerberosOid,
    needsMechanismsSigned: false,
    get complete() {
      return state.complete;
    },
    step: async (token) => step(await gssapi(), token),
    seal: async (message) => sealWith(await established(), state.context[0], message),
    open: async (sealed) => openWith(await established(), state.context[0], sealed),
    signMechanisms: async () => {
      throw new SecurityError('refused', 'the node wants another mechanism than Kerberos');
    },
    // One mechanism was offered, so nobody could have left a better one out.
    checkMechanisms: async () => {},
  };
}

/** Releases what the library holds once nobody can use it any more. */
export const released = new FinalizationRegistry<() => void>((release) => release());
