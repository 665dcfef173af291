import { InternalError } from '../../../errors.ts';
import type { Mechanism } from '../mechanism.ts';
import type { NtlmSealing } from './sealing.ts';

export const ntlmOid = '1.3.6.1.4.1.311.2.2.10';

/** What either end of NTLM knows once it has spoken. */
export interface NtlmState {
  sealing?: NtlmSealing;
  /** Whether AUTHENTICATE has a MIC: then SPNEGO has one as well. */
  hasMic: boolean;
}

/** An end of NTLM from its steps; they fill the state. */
export function ntlmMechanism(state: NtlmState, step: Mechanism['step']): Mechanism {
  const sealing = (): NtlmSealing => {
    if (!state.sealing) throw new InternalError('NTLM: sealed before both ends know each other');
    return state.sealing;
  };
  return {
    oid: ntlmOid,
    step,
    get complete() {
      return state.sealing !== undefined;
    },
    get needsMechanismsSigned() {
      return state.hasMic;
    },
    signMechanisms: async (list) => sealing().signMechanisms(list),
    checkMechanisms: async (list, signature) => sealing().checkMechanisms(list, signature),
    seal: async (message) => sealing().seal(message),
    open: async (message) => sealing().open(message),
  };
}
