import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '../../../secret.ts';
import { md4 } from './md4.ts';
import { utf16 } from './message.ts';

export type End = 'client' | 'server';

export interface Account {
  readonly user: string;
  /** Empty for an account of the node itself, and for a name with its realm (`user@realm`). */
  readonly domain: string;
}

/** NTOWFv2 ([MS-NLMP] 3.3.2): the key that stands for the password of an account. */
export function responseKey({ user, domain }: Account, password: Secret): Buffer {
  return hmacMd5(md4(utf16(password.reveal())), utf16(upperCase(user) + domain));
}

/** Unit for unit of UTF-16, as Windows does it: `toUpperCase` of JavaScript makes two of some. */
function upperCase(text: string): string {
  return text.replace(/[\s\S]/g, (unit) => (unit.toUpperCase().length === 1 ? unit.toUpperCase() : unit));
}

/** What the client hashes into its answer beside the challenge ([MS-NLMP] 3.3.2). */
export interface ClientPart {
  /** 100 ns since 1601. */
  readonly time: Buffer;
  readonly challenge: Buffer;
  /** Written AV pairs. */
  readonly targetInfo: Buffer;
}

/** NTProofStr and what it was made over: the answer to a challenge, and the key that both ends have of it. */
export function ntlmResponse(
  key: Buffer,
  serverChallenge: Buffer,
  part: Buffer,
): { proof: Buffer; sessionKey: Buffer } {
  const proof = hmacMd5(key, serverChallenge, part);
  return { proof, sessionKey: hmacMd5(key, proof) };
}

export function writeClientPart({ time, challenge, targetInfo }: ClientPart): Buffer {
  return Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]),
    time,
    challenge,
    Buffer.alloc(4),
    targetInfo,
    Buffer.alloc(4),
  ]);
}

/** The key that one end signs with, and the one that it seals with, of 128 bits ([MS-NLMP] 3.4.5.2 and 3.4.5.3). */
export function directionKeys(sessionKey: Buffer, from: End): { signing: Buffer; sealing: Buffer } {
  const way = from === 'client' ? 'client-to-server' : 'server-to-client';
  const derived = (use: string): Buffer =>
    md5(sessionKey, Buffer.from(`session key to ${way} ${use} key magic constant\0`, 'latin1'));
  return { signing: derived('signing'), sealing: derived('sealing') };
}

export function md5(...parts: readonly Buffer[]): Buffer {
  return createHash('md5').update(Buffer.concat(parts)).digest();
}

export function hmacMd5(key: Buffer, ...parts: readonly Buffer[]): Buffer {
  const hmac = createHmac('md5', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest();
}

/** A time of JavaScript as 100 ns since 1601. */
export function fileTime(ms: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(ms) + 11_644_473_600_000n) * 10_000n);
  return bytes;
}
