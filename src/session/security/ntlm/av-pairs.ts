import { SecurityError } from '../security-error.ts';

/** Numbers of the pairs that say something about a connection ([MS-NLMP] 2.2.2.1). */
export const avId = {
  end: 0,
  computerName: 1,
  domainName: 2,
  dnsComputerName: 3,
  flags: 6,
  timestamp: 7,
  targetName: 9,
  channelBindings: 10,
} as const;

/** Of the pair `flags`: the message that holds the pairs has a MIC. */
export const micProvided = 0x2;

export interface AvPair {
  readonly id: number;
  readonly value: Buffer;
}

/** The pairs before the end mark, in their order, those of unknown numbers too. Throws SecurityError where they do not end. */
export function readAvPairs(bytes: Buffer): readonly AvPair[] {
  const pairs: AvPair[] = [];
  for (let at = 0; ; ) {
    if (at + 4 > bytes.length) throw unended();
    const id = bytes.readUInt16LE(at);
    const end = at + 4 + bytes.readUInt16LE(at + 2);
    if (id === avId.end) return pairs;
    if (end > bytes.length) throw unended();
    pairs.push({ id, value: bytes.subarray(at + 4, end) });
    at = end;
  }
}

/** The pairs as bytes, with the end mark. */
export function writeAvPairs(pairs: readonly AvPair[]): Buffer {
  return Buffer.concat([...pairs, { id: avId.end, value: Buffer.alloc(0) }].map(written));
}

function written({ id, value }: AvPair): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

export function avPair(pairs: readonly AvPair[], id: number): Buffer | undefined {
  return pairs.find((pair) => pair.id === id)?.value;
}

/** The pairs with one of them set: in its place where it is there already, else as the last. */
export function withAvPair(pairs: readonly AvPair[], id: number, value: Buffer): readonly AvPair[] {
  const others = pairs.map((pair) => (pair.id === id ? { id, value } : pair));
  return pairs.some((pair) => pair.id === id) ? others : [...others, { id, value }];
}

/** The pair `flags` of a message, 0 where it is not there. */
export function avFlags(pairs: readonly AvPair[]): number {
  const value = avPair(pairs, avId.flags);
  return value?.length === 4 ? value.readUInt32LE() : 0;
}

export function asAvFlags(flags: number): Buffer {
  const value = Buffer.alloc(4);
  value.writeUInt32LE(flags);
  return value;
}

function unended(): SecurityError {
  return new SecurityError('token', 'an NTLM message has target information that does not end');
}
