import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { InternalError } from '../../../errors.ts';
import type { Secret } from '../../../secret.ts';
import type { Mechanism } from '../mechanism.ts';
import { SecurityError } from '../security-error.ts';
import {
  type AvPair,
  asAvFlags,
  avFlags,
  avId,
  avPair,
  micProvided,
  withAvPair,
  writeAvPairs,
} from './av-pairs.ts';
import { type Challenge, readChallenge } from './challenge.ts';
import { flagsOf, hasFlag, requestedFlags } from './flags.ts';
import { type Account, fileTime, hmacMd5, md5, ntlmResponse, responseKey, writeClientPart } from './keys.ts';
import { type NtlmState, ntlmMechanism } from './mechanism.ts';
import { newMessage, utf16, version, withPayload } from './message.ts';
import { rc4 } from './rc4.ts';
import { ntlmSealing } from './sealing.ts';

export interface NtlmClientSettings {
  readonly account: Account;
  readonly password: Secret;
  /** `HTTP/host`: whom the answer is for. */
  readonly target: string;
  /** Written gss_channel_bindings_struct of the TLS connection; absent: there is none. */
  readonly channelBindings?: Buffer;
}

/**
 * The client of NTLM version 2: NEGOTIATE, then AUTHENTICATE for the server's CHALLENGE ([MS-NLMP] 3.1.5.1). It signs and seals with
 * keys of 128 bits or not at all.
 */
export function ntlmClient(settings: NtlmClientSettings): Mechanism {
  const state: NtlmState = { hasMic: false };
  let negotiate: Buffer | undefined;
  return ntlmMechanism(state, async (token) => {
    if (!token) {
      negotiate = negotiateMessage();
      return negotiate;
    }
    if (!negotiate) throw new InternalError('NTLM: a challenge before NEGOTIATE');
    if (state.sealing) throw new SecurityError('token', 'the node sent a second challenge of NTLM');
    const answer = authenticate(settings, negotiate, token);
    state.sealing = ntlmSealing(answer.sessionKey, 'client');
    state.hasMic = answer.hasMic;
    return answer.message;
  });
}

function negotiateMessage(): Buffer {
  const message = newMessage(1, 40);
  message.writeUInt32LE(requestedFlags, 12);
  version.copy(message, 32);
  return message;
}

interface Answer {
  readonly message: Buffer;
  readonly sessionKey: Buffer;
  readonly hasMic: boolean;
}

function authenticate(settings: NtlmClientSettings, negotiate: Buffer, token: Buffer): Answer {
  const challenge = readChallenge(token);
  const hasMic = avPair(challenge.targetInfo, avId.timestamp) !== undefined;
  const key = responseKey(settings.account, settings.password);
  const clientChallenge = randomBytes(8);
  const part = writeClientPart({
    time: avPair(challenge.targetInfo, avId.timestamp) ?? fileTime(Date.now()),
    challenge: clientChallenge,
    targetInfo: writeAvPairs(answeredPairs(settings, challenge.targetInfo, hasMic)),
  });
  const { proof, sessionKey: exchangeKey } = ntlmResponse(key, challenge.serverChallenge, part);
  const sessionKey = randomBytes(16);
  const message = authenticateMessage(settings.account, challenge, {
    // Where there is a MIC the older answer is not sent: it would be the weaker of two proofs.
    lm: hasMic
      ? Buffer.alloc(24)
      : Buffer.concat([hmacMd5(key, challenge.serverChallenge, clientChallenge), clientChallenge]),
    nt: Buffer.concat([proof, part]),
    encryptedKey: rc4(exchangeKey)(sessionKey),
  });
  if (hasMic) hmacMd5(sessionKey, negotiate, token, message).copy(message, micAt);
  return { message, sessionKey, hasMic };
}

/** The server's pairs, the unknown ones too, and what the client says of this connection. */
function answeredPairs(
  { target, channelBindings }: NtlmClientSettings,
  pairs: readonly AvPair[],
  hasMic: boolean,
): readonly AvPair[] {
  let answered = pairs;
  if (hasMic) answered = withAvPair(answered, avId.flags, asAvFlags(avFlags(answered) | micProvided));
  if (channelBindings) answered = withAvPair(answered, avId.channelBindings, md5(channelBindings));
  return withAvPair(answered, avId.targetName, utf16(target));
}

const micAt = 72;

/**
 * VERSION and MIC have their 24 bytes whether they are said or not, zeros then: a MIC at 64 was refused by servers that check it
 * (gssapi/gss-ntlmssp, issue 62).
 */
function authenticateMessage(
  { user, domain }: Account,
  challenge: Challenge,
  { lm, nt, encryptedKey }: Readonly<Record<'lm' | 'nt' | 'encryptedKey', Buffer>>,
): Buffer {
  const message = newMessage(3, 88);
  const flags = challenge.flags & (requestedFlags | flagsOf('targetInfo'));
  message.writeUInt32LE(flags >>> 0, 60);
  if (hasFlag(flags, 'version')) version.copy(message, 64);
  return withPayload(message, [
    [28, utf16(domain)],
    [36, utf16(user)],
    [44, utf16(hostname().toUpperCase())],
    [12, lm],
    [20, nt],
    [52, encryptedKey],
  ]);
}
