import { der, elements, fields, oid, only, readOid } from '../der.ts';
import { SecurityError } from '../security-error.ts';

export const spnegoOid = '1.3.6.1.5.5.2';

/** NegTokenInit of RFC 4178: what a client begins with. */
export interface NegTokenInit {
  /** Best first, in dots. */
  readonly mechanisms: readonly string[];
  /** Of the first mechanism. */
  readonly token?: Buffer;
}

/** NegTokenResp of RFC 4178: all that follows. */
export interface NegTokenResp {
  readonly state?: NegState;
  readonly mechanism?: string;
  readonly token?: Buffer;
  readonly mic?: Buffer;
}

const states = ['accept-completed', 'accept-incomplete', 'reject', 'request-mic'] as const;
export type NegState = (typeof states)[number];

/** MechTypeList as bytes: what the MIC of SPNEGO is made over. */
export function mechanismList(mechanisms: readonly string[]): Buffer {
  return der(0x30, ...mechanisms.map(oid));
}

export function writeInit({ mechanisms, token }: NegTokenInit): Buffer {
  const parts = [der(0xa0, mechanismList(mechanisms)), ...(token ? [der(0xa2, der(0x04, token))] : [])];
  return der(0x60, oid(spnegoOid), der(0xa0, der(0x30, ...parts)));
}

/** Throws SecurityError where a token is no NegTokenInit. */
export function readInit(bytes: Buffer): NegTokenInit {
  const [mechanism, body] = elements(only(bytes, 0x60));
  if (mechanism?.tag !== 0x06 || readOid(mechanism.content) !== spnegoOid || body?.tag !== 0xa0)
    throw new SecurityError('token', 'a token is not of SPNEGO');
  const parts = fields(body.content);
  const list = elements(only(parts.get(0) ?? Buffer.alloc(0), 0x30));
  return { mechanisms: list.map(({ content }) => readOid(content)), ...octets('token', parts.get(2)) };
}

export function writeResp({ state, mechanism, token, mic }: NegTokenResp): Buffer {
  const parts = [
    ...(state ? [der(0xa0, der(0x0a, Buffer.from([states.indexOf(state)])))] : []),
    ...(mechanism ? [der(0xa1, oid(mechanism))] : []),
    ...(token ? [der(0xa2, der(0x04, token))] : []),
    ...(mic ? [der(0xa3, der(0x04, mic))] : []),
  ];
  return der(0xa1, der(0x30, ...parts));
}

/** Throws SecurityError where a token is no NegTokenResp. */
export function readResp(bytes: Buffer): NegTokenResp {
  const parts = fields(only(bytes, 0xa1));
  const state = parts.get(0);
  const mechanism = parts.get(1);
  return {
    ...(state ? { state: stateOf(only(state, 0x0a)) } : {}),
    ...(mechanism ? { mechanism: readOid(only(mechanism, 0x06)) } : {}),
    ...octets('token', parts.get(2)),
    ...octets('mic', parts.get(3)),
  };
}

function stateOf(content: Buffer): NegState {
  const state = states[content[0] ?? -1];
  if (!state) throw new SecurityError('token', 'a token of SPNEGO says nothing that is known');
  return state;
}

function octets<Name extends string>(name: Name, bytes?: Buffer): { readonly [Each in Name]?: Buffer } {
  return bytes ? ({ [name]: only(bytes, 0x04) } as { [Each in Name]?: Buffer }) : {};
}
