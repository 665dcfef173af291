import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../secret.ts';
import type { Mechanism } from '../../../session/security/mechanism.ts';
import {
  type AvPair,
  asAvFlags,
  avFlags,
  avId,
  avPair,
  micProvided,
} from '../../../session/security/ntlm/av-pairs.ts';
import { hasFlag } from '../../../session/security/ntlm/flags.ts';
import {
  type Account,
  fileTime,
  hmacMd5,
  ntlmResponse,
  responseKey,
} from '../../../session/security/ntlm/keys.ts';
import { type NtlmState, ntlmMechanism } from '../../../session/security/ntlm/mechanism.ts';
import { utf16 } from '../../../session/security/ntlm/message.ts';
import { rc4 } from '../../../session/security/ntlm/rc4.ts';
import { ntlmSealing } from '../../../session/security/ntlm/sealing.ts';
import { SecurityError } from '../../../session/security/security-error.ts';
import { type BindingSettings, checkBinding } from './channel-binding.ts';
import {
  type Authenticate,
  answeredFlags,
  micOf,
  readAuthenticate,
  readNegotiate,
  withoutMic,
  writeChallenge,
} from './ntlm-messages.ts';

/** What of a server differs from Windows' own of today; all are as there when absent. */
export interface NtlmSwitches {
  readonly timestamp?: boolean;
  /** NEGOTIATE_VERSION among the flags of the challenge. */
  readonly version?: boolean;
  /** A pair in the challenge that nobody knows. */
  readonly unknownPair?: boolean;
  /** A pair `flags` of value 0 in the challenge. */
  readonly zeroFlags?: boolean;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

export interface NtlmServerSettings {
  /** NetBIOS name of the node. */
  readonly computer: string;
  /** Absent for an account that is not there. */
  readonly passwordOf: (account: Account) => Secret | undefined;
  readonly binding: BindingSettings;
  readonly switches: NtlmSwitches;
  /** Told who has logged in. */
  readonly onLogin: (account: Account) => void;
}

/** The server of NTLM version 2 ([MS-NLMP] 3.2.5.1). It checks the proof, the MIC, the channel binding, and the time of the answer. */
export function ntlmServer(settings: NtlmServerSettings): Mechanism {
  const state: NtlmState = { hasMic: false };
  let sent: { readonly negotiate: Buffer; readonly challenge: Buffer } | undefined;
  return ntlmMechanism(state, async (token = Buffer.alloc(0)) => {
    if (!sent) {
      sent = { negotiate: token, challenge: challengeFor(token, settings) };
      return sent.challenge;
    }
    const told = readAuthenticate(token);
    const sessionKey = provenKey(told, sent.challenge.subarray(24, 32), settings);
    state.hasMic = (avFlags(told.pairs) & micProvided) !== 0;
    if (state.hasMic) {
      const mic = micOf(token);
      check(hmacMd5(sessionKey, sent.negotiate, sent.challenge, withoutMic(token)), mic, 'MIC');
    }
    checkBinding(settings.binding, avPair(told.pairs, avId.channelBindings));
    state.sealing = ntlmSealing(sessionKey, 'server');
    settings.onLogin(told.account);
    return undefined;
  });
}

function challengeFor(negotiate: Buffer, { computer, switches }: NtlmServerSettings): Buffer {
  const { timestamp = true, version = true, unknownPair, zeroFlags, clock = Date.now } = switches;
  const targetInfo: AvPair[] = [
    { id: avId.domainName, value: utf16(computer) },
    { id: avId.computerName, value: utf16(computer) },
    ...(unknownPair ? [{ id: 0x7f01, value: utf16('nobody knows') }] : []),
    ...(zeroFlags ? [{ id: avId.flags, value: asAvFlags(0) }] : []),
    ...(timestamp ? [{ id: avId.timestamp, value: fileTime(clock()) }] : []),
  ];
  const flags = answeredFlags(readNegotiate(negotiate), version);
  return writeChallenge({ flags, serverChallenge: randomBytes(8), computer, targetInfo });
}

/** Age that an answer may have, 36 hours in 100 ns, as Windows allows it. */
const longestLife = 36n * 3_600n * 10_000_000n;

/** The key of the session, once the account has proved that it knows its password. */
function provenKey(told: Authenticate, serverChallenge: Buffer, settings: NtlmServerSettings): Buffer {
  const password = settings.passwordOf(told.account);
  if (!password) throw new SecurityError('refused', 'there is no such account');
  const key = responseKey(told.account, password);
  const { proof, sessionKey } = ntlmResponse(key, serverChallenge, told.clientPart);
  check(proof, told.proof, 'password');
  const now = fileTime((settings.switches.clock ?? Date.now)()).readBigUInt64LE();
  const age = now - told.time.readBigUInt64LE();
  if (age > longestLife || age < -longestLife)
    throw new SecurityError('clock', 'the answer was made at another time');
  return hasFlag(told.flags, 'keyExchange') ? rc4(sessionKey)(told.encryptedKey) : sessionKey;
}

function check(expected: Buffer, told: Buffer, name: string): void {
  if (told.length !== expected.length || !timingSafeEqual(told, expected))
    throw new SecurityError('refused', `the ${name} is wrong`);
}
