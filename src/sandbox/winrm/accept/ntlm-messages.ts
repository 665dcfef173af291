import { type AvPair, readAvPairs, writeAvPairs } from '../../../session/security/ntlm/av-pairs.ts';
import { flagsOf, hasFlag, type NtlmFlag, requestedFlags } from '../../../session/security/ntlm/flags.ts';
import type { Account } from '../../../session/security/ntlm/keys.ts';
import {
  checkMessage,
  newMessage,
  readField,
  utf16,
  version,
  withPayload,
} from '../../../session/security/ntlm/message.ts';
import { SecurityError } from '../../../session/security/security-error.ts';

/** The flags of a NEGOTIATE_MESSAGE. Throws SecurityError for another token, and for a client of before NTLM version 2. */
export function readNegotiate(token: Buffer): number {
  checkMessage(token, 1, 16);
  const flags = token.readUInt32LE(12);
  for (const name of ['unicode', 'ntlm', 'extendedSessionSecurity', 'key128'] satisfies NtlmFlag[])
    if (!hasFlag(flags, name)) throw new SecurityError('refused', `the client's NTLM lacks ${name}`);
  return flags;
}

/** What a server says in CHALLENGE_MESSAGE. */
export interface ChallengeFields {
  readonly flags: number;
  readonly serverChallenge: Buffer;
  readonly computer: string;
  readonly targetInfo: readonly AvPair[];
}

/** The flags that a server answers to those of a client. */
export function answeredFlags(asked: number, withVersion: boolean): number {
  const both = asked & requestedFlags & ~flagsOf('version');
  const own = flagsOf('requestTarget', 'targetInfo', 'targetTypeServer', 'alwaysSign');
  return (both | own | (withVersion ? flagsOf('version') : 0)) >>> 0;
}

export function writeChallenge({ flags, serverChallenge, computer, targetInfo }: ChallengeFields): Buffer {
  const message = newMessage(2, 56);
  message.writeUInt32LE(flags, 20);
  serverChallenge.copy(message, 24);
  if (hasFlag(flags, 'version')) version.copy(message, 48);
  return withPayload(message, [
    [12, utf16(computer)],
    [40, writeAvPairs(targetInfo)],
  ]);
}

/** What a client says in AUTHENTICATE_MESSAGE. */
export interface Authenticate {
  readonly account: Account;
  readonly flags: number;
  readonly proof: Buffer;
  /** What the proof was made over, behind the server's challenge. */
  readonly clientPart: Buffer;
  readonly time: Buffer;
  readonly pairs: readonly AvPair[];
  readonly encryptedKey: Buffer;
}

/** Throws SecurityError for another token, for one without a user, and for an answer of before NTLM version 2. */
export function readAuthenticate(token: Buffer): Authenticate {
  checkMessage(token, 3, 64);
  const response = readField(token, 20);
  const text = (at: number): string => readField(token, at).toString('utf16le');
  const account = { domain: text(28), user: text(36) };
  if (account.user === '') throw new SecurityError('refused', 'nobody logs in without a name');
  if (response.length < 16 + 28) throw new SecurityError('refused', 'the answer is not of NTLM version 2');
  const clientPart = response.subarray(16);
  return {
    account,
    flags: token.readUInt32LE(60),
    proof: response.subarray(0, 16),
    clientPart,
    time: clientPart.subarray(8, 16),
    pairs: readAvPairs(clientPart.subarray(28)),
    encryptedKey: readField(token, 52),
  };
}

/** Where the MIC is ([MS-NLMP] 2.2.1.3), as all servers look for it. */
const micAt = 72;

/** Throws SecurityError for a message that has no room for one. */
export function micOf(token: Buffer): Buffer {
  checkMessage(token, 3, micAt + 16);
  return token.subarray(micAt, micAt + 16);
}

/** The message as its MIC is made over it. */
export function withoutMic(token: Buffer): Buffer {
  const copy = Buffer.from(token);
  copy.fill(0, micAt, micAt + 16);
  return copy;
}
