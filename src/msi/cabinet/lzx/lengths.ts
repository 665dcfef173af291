import type { BitReader } from './bits.ts';
import { symbolsOf } from './tree.ts';

/** Symbols of the code that lengths are written in. */
const preTreeSymbols = 20;

/**
 * Reads the lengths of `lengths[from]` to before `to`, each as the difference to what it was, with runs; gives false where they cannot be
 * read. Source: [MS-PATCH] 2.7, the pretree and its codes.
 */
export function readLengths(bits: BitReader, lengths: Uint8Array, from: number, to: number): boolean {
  const code = symbolsOf(Uint8Array.from({ length: preTreeSymbols }, () => bits.take(4)));
  if (!code) return false;
  const changed = (at: number, difference: number): number => ((lengths[at] ?? 0) - difference + 17) % 17;
  for (let at = from; at < to; ) {
    const symbol = code(bits);
    if (symbol < 0 || bits.isOver()) return false;
    if (symbol < 17) {
      lengths[at] = changed(at, symbol);
      at++;
      continue;
    }
    const run = runOf(symbol, bits);
    let value = 0;
    if (symbol === 19) {
      const difference = code(bits);
      if (difference < 0 || difference > 16) return false;
      value = changed(at, difference);
    }
    if (at + run > to) return false;
    lengths.fill(value, at, at + run);
    at += run;
  }
  return true;
}

/** How many lengths are the same: 17 and 18 are runs of zeros. */
function runOf(symbol: number, bits: BitReader): number {
  if (symbol === 17) return 4 + bits.take(4);
  return symbol === 18 ? 20 + bits.take(5) : 4 + bits.take(1);
}
