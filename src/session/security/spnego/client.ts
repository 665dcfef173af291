import type { Mechanism } from '../mechanism.ts';
import { isNtlm } from '../ntlm/message.ts';
import { SecurityError } from '../security-error.ts';
import { mechanismList, readResp, writeInit, writeResp } from './tokens.ts';

/** The exchange of tokens, whatever is wrapped around them. */
export type Exchange = Pick<Mechanism, 'step' | 'complete'>;

/**
 * A mechanism in SPNEGO (RFC 4178), as the scheme `Negotiate` has it: it is the only one offered, so its first token goes along.
 * A server that answers with bare NTLM gets bare NTLM.
 */
export function spnegoClient(mechanism: Mechanism): Exchange {
  const list = mechanismList([mechanism.oid]);
  let complete = false;
  let bare = false;
  let signed = false;
  const answer = async (token: Buffer): Promise<Buffer | undefined> => {
    const { state, token: inner, mic } = readResp(token);
    if (state === 'reject') throw new SecurityError('refused', 'the node refused the token of SPNEGO');
    const next = inner && !mechanism.complete ? await mechanism.step(inner) : undefined;
    if (!mechanism.complete) return next ? writeResp({ token: next }) : unanswerable();
    if (mic) await mechanism.checkMechanisms(list, mic);
    if (state === 'accept-completed' || signed) {
      if (signed && !mic) return unanswerable();
      complete = true;
      return undefined;
    }
    signed = state === 'request-mic' || mic !== undefined || mechanism.needsMechanismsSigned;
    complete = !signed;
    const ours = signed ? { mic: await mechanism.signMechanisms(list) } : {};
    return writeResp({ ...(next ? { token: next } : {}), ...ours });
  };
  return {
    get complete() {
      return bare ? mechanism.complete : complete;
    },
    step: async (token) => {
      if (token) {
        bare ||= isNtlm(token);
        return bare ? mechanism.step(token) : answer(token);
      }
      const first = await mechanism.step();
      return writeInit({ mechanisms: [mechanism.oid], ...(first ? { token: first } : {}) });
    },
  };
}

function unanswerable(): never {
  throw new SecurityError(
    'refused',
    'the node ended the exchange before it proved that it knows the account',
  );
}
