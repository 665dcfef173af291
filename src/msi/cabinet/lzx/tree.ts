import type { BitReader } from './bits.ts';

/** Takes the next symbol of a code. */
export type Symbols = (bits: BitReader) => number;

/**
 * The canonical code whose symbols have these lengths in bits, 0 to 16: short ones first, and of one length in their order. Undefined where
 * there is none. A code without any symbol is allowed, as long as nothing is read by it; reading gives -1 then.
 */
export function symbolsOf(lengths: Uint8Array): Symbols | undefined {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  if (longest === 0) return () => -1;
  // One place for each sequence of bits that is as long as the longest code: the symbol, and its length beside it.
  const size = 1 << longest;
  const symbols = new Uint16Array(size);
  let next = 0;
  for (let length = 1; length <= longest; length++)
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      const end = next + (1 << (longest - length));
      if (end > size) return undefined;
      symbols.fill(symbol, next, end);
      next = end;
    }
  if (next !== size) return undefined;
  return (bits) => {
    const symbol = symbols[bits.peek() >>> (16 - longest)] ?? 0;
    bits.skip(lengths[symbol] ?? 0);
    return symbol;
  };
}
