import { timingSafeEqual } from 'node:crypto';
import type { Sealed } from '../context.ts';
import { SecurityError } from '../security-error.ts';
import { directionKeys, type End, hmacMd5 } from './keys.ts';
import { type Rc4, rc4 } from './rc4.ts';

/** The messages of one context after both ends know each other ([MS-NLMP] 3.4): each way has its keys, its cipher and its numbers. */
export interface NtlmSealing {
  seal(message: Buffer): Sealed;
  /** Throws SecurityError for a message that was altered, cut, or is out of turn. */
  open(message: Sealed): Buffer;
  /** Signs the list of mechanisms of SPNEGO: takes a number, and leaves the cipher as it was ([MS-SPNG] 3.3.5.1). */
  signMechanisms(list: Buffer): Buffer;
  /** Throws SecurityError where it is not the other end's signature. */
  checkMechanisms(list: Buffer, signature: Buffer): void;
}

/** @param sessionKey the key that was exchanged, 16 bytes */
export function ntlmSealing(sessionKey: Buffer, end: End): NtlmSealing {
  const out = direction(sessionKey, end);
  const into = direction(sessionKey, end === 'client' ? 'server' : 'client');
  return {
    seal: (message) => {
      const data = out.cipher(message);
      return { data, signature: out.sign(message, out.cipher) };
    },
    open: ({ data, signature }) => {
      const message = into.cipher(data);
      check(into.sign(message, into.cipher), signature);
      return message;
    },
    signMechanisms: (list) => out.sign(list, out.freshCipher()),
    checkMechanisms: (list, signature) => check(into.sign(list, into.freshCipher()), signature),
  };
}

interface Direction {
  readonly cipher: Rc4;
  readonly freshCipher: () => Rc4;
  /** Takes the next number. */
  readonly sign: (message: Buffer, cipher: Rc4) => Buffer;
}

function direction(sessionKey: Buffer, from: End): Direction {
  const keys = directionKeys(sessionKey, from);
  let sequence = 0;
  return {
    cipher: rc4(keys.sealing),
    freshCipher: () => rc4(keys.sealing),
    sign: (message, cipher) => {
      const number = Buffer.alloc(4);
      number.writeUInt32LE(sequence);
      sequence = (sequence + 1) >>> 0;
      const checksum = cipher(hmacMd5(keys.signing, number, message).subarray(0, 8));
      return Buffer.concat([Buffer.from([1, 0, 0, 0]), checksum, number]);
    },
  };
}

function check(expected: Buffer, signature: Buffer): void {
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected))
    throw new SecurityError('altered', 'a sealed message was altered or cut, or came out of turn');
}
