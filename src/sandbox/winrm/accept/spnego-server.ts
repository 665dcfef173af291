import { oid } from '../../../session/security/der.ts';
import { kerberosOid } from '../../../session/security/kerberos/oids.ts';
import type { Mechanism } from '../../../session/security/mechanism.ts';
import { ntlmOid } from '../../../session/security/ntlm/mechanism.ts';
import { isNtlm } from '../../../session/security/ntlm/message.ts';
import { SecurityError } from '../../../session/security/security-error.ts';
import { mechanismList, readInit, readResp, writeResp } from '../../../session/security/spnego/tokens.ts';

/** What a server has agreed on with one client. */
interface Agreement {
  readonly mechanism: Mechanism;
  readonly list: Buffer;
}

export interface SpnegoServer {
  readonly step: Mechanism['step'];
  readonly complete: boolean;
  /** Absent before the client has said what it speaks. */
  readonly mechanism?: Mechanism | undefined;
}

/**
 * The server of SPNEGO (RFC 4178): takes the first of the client's mechanisms that it has. Bare tokens are taken as well, as Windows does
 * under the scheme `Negotiate`.
 * @param mechanisms by the identifiers that clients may give them
 */
export function spnegoServer(mechanisms: Readonly<Record<string, Mechanism>>): SpnegoServer {
  let agreed: Agreement | undefined;
  let bare: Mechanism | undefined;
  let complete = false;

  const begin = async (token: Buffer): Promise<Buffer> => {
    const init = readInit(token);
    const name = init.mechanisms.find((each) => mechanisms[each]);
    const mechanism = name === undefined ? undefined : mechanisms[name];
    if (!mechanism || name === undefined)
      throw new SecurityError('refused', 'the client speaks no mechanism of this server');
    agreed = { mechanism, list: mechanismList(init.mechanisms) };
    const isFirst = name === init.mechanisms[0];
    const answer = isFirst && init.token ? await mechanism.step(init.token) : undefined;
    complete = isFirst && mechanism.complete;
    const state = complete ? 'accept-completed' : isFirst ? 'accept-incomplete' : 'request-mic';
    return writeResp({ state, mechanism: name, ...(answer ? { token: answer } : {}) });
  };

  const goOn = async ({ mechanism, list }: Agreement, bytes: Buffer): Promise<Buffer> => {
    const { token, mic } = readResp(bytes);
    const answer = token && !mechanism.complete ? await mechanism.step(token) : undefined;
    const rest = answer ? { token: answer } : {};
    if (!mechanism.complete) return writeResp({ state: 'accept-incomplete', ...rest });
    if (mic) await mechanism.checkMechanisms(list, mic);
    else if (mechanism.needsMechanismsSigned)
      throw new SecurityError('refused', 'the MIC of SPNEGO is missing');
    complete = true;
    const ours = mic ? { mic: await mechanism.signMechanisms(list) } : {};
    return writeResp({ state: 'accept-completed', ...rest, ...ours });
  };

  return {
    get complete() {
      return bare ? bare.complete : complete;
    },
    get mechanism() {
      return bare ?? agreed?.mechanism;
    },
    step: async (token = Buffer.alloc(0)) => {
      if (!agreed && !bare) bare = mechanisms[bareOid(token) ?? ''];
      if (bare) return bare.step(token);
      return agreed ? goOn(agreed, token) : begin(token);
    },
  };
}

/** What a token is of that has no SPNEGO around it. */
function bareOid(token: Buffer): string | undefined {
  if (isNtlm(token)) return ntlmOid;
  // Behind a tag and a length of 1 to 5 bytes.
  const at = token.indexOf(oid(kerberosOid));
  return at >= 2 && at <= 6 ? kerberosOid : undefined;
}
