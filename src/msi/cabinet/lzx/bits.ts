/** Bits of a block: words of 16 bits, low byte first, the high bit of each first. Behind its end there are zeros. */
export interface BitReader {
  readonly take: (count: number) => number;
  /** The next 16 bits, which stay where they are. */
  readonly peek: () => number;
  readonly skip: (count: number) => void;
  /** Goes to the next whole word; one that is not begun is left out whole. */
  readonly align: () => void;
  /** Whole bytes, after `align` or other bytes; fewer at the end. */
  readonly bytes: (count: number) => Buffer;
  /** Whether more was taken than there is. */
  readonly isOver: () => boolean;
}

/** Reads a block from its beginning. */
export function bitReader(block: Buffer): BitReader {
  let at = 0;
  let held = 0;
  let count = 0;
  const fill = (): void => {
    held = ((held << 16) | (block[at] ?? 0) | ((block[at + 1] ?? 0) << 8)) >>> 0;
    at += 2;
    count += 16;
  };
  const skip = (bits: number): void => {
    if (count < bits) fill();
    count -= bits;
    held &= 2 ** count - 1;
  };
  const peek = (): number => {
    if (count < 16) fill();
    return held >>> (count - 16);
  };
  const take = (bits: number): number => {
    // At most 16 are held whole.
    if (bits > 16) return take(bits - 16) * 0x10000 + take(16);
    const value = peek() >>> (16 - bits);
    skip(bits);
    return value;
  };
  return {
    take,
    peek,
    skip,
    align() {
      // A word that was only looked at is given back.
      if (count > 16) at -= 2;
      if (count === 0) at += 2;
      [held, count] = [0, 0];
    },
    bytes(wanted) {
      const found = block.subarray(at, at + wanted);
      at += wanted;
      return found;
    },
    isOver: () => at - (count >> 3) > block.length + 1,
  };
}
