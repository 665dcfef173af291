import { SecurityError } from '../security-error.ts';
import { type AvPair, readAvPairs } from './av-pairs.ts';
import { hasFlag, neededFlags } from './flags.ts';
import { checkMessage, readField } from './message.ts';

/** CHALLENGE_MESSAGE ([MS-NLMP] 2.2.1.2), what a client needs of it. */
export interface Challenge {
  readonly flags: number;
  /** 8 bytes. */
  readonly serverChallenge: Buffer;
  readonly targetInfo: readonly AvPair[];
}

/** Throws SecurityError for anything else, and for a server that would neither sign nor seal as Windows does since 2008. */
export function readChallenge(token: Buffer): Challenge {
  checkMessage(token, 2, 48);
  const flags = token.readUInt32LE(20);
  const missing = neededFlags.filter((name) => !hasFlag(flags, name));
  if (missing.length > 0)
    throw new SecurityError(
      'refused',
      `the node's NTLM does not seal messages with keys of 128 bits (it lacks ${missing.join(', ')})`,
      'allow 128-bit NTLM session security in the security options of the node, or use Kerberos',
    );
  if (!hasFlag(flags, 'targetInfo'))
    throw new SecurityError('refused', 'the node speaks NTLM version 1 only', 'use Kerberos');
  return { flags, serverChallenge: token.subarray(24, 32), targetInfo: readAvPairs(readField(token, 40)) };
}
