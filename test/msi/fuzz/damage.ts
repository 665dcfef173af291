/** A part of the bytes that damage is aimed at, from its first byte to behind its last. */
export type Part = readonly [from: number, to: number];

/** Numbers that break sizes, counts and chains. */
const breaking = [0, 1, 2, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffc, 0xfffffffe, 0xffffffff];

/**
 * A copy of sound bytes with one to six damages: bits flipped, numbers put in that break sizes and chains, bytes copied over others;
 * one in ten is cut off as well. `random` gives numbers from 0 to below 1. Each damage falls into one of `parts`, more often at its
 * begin, where headers are.
 */
export function damaged(sound: Buffer, parts: readonly Part[], random: () => number): Buffer {
  const below = (limit: number) => Math.floor(random() * limit);
  const bytes = Buffer.from(sound);
  for (let i = below(6) + 1; i > 0; i--) {
    const [from, to] = parts[below(parts.length)] ?? [0, bytes.length];
    const skewed = below(2) === 0 ? random() : random() ** 4;
    const at = Math.max(0, Math.min(from + Math.floor(skewed * (to - from)), bytes.length - 4));
    const kind = below(5);
    if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
    else if (kind === 1) bytes.writeUInt32LE(breaking[below(breaking.length)] ?? 0, at);
    else if (kind === 2) bytes.writeUInt32LE(below(bytes.length), at);
    else if (kind === 3) bytes.writeUInt16LE(below(65_536), at);
    else bytes.copy(bytes, at, from + below(to - from), from + below(to - from));
  }
  return below(10) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
}
