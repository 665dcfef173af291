import { randomFrom } from '../fixtures/random.ts';

/** A whole number from 0 to below a limit. */
export type Random = (limit: number) => number;

export function numbersFrom(seed: number): Random {
  const random = randomFrom(seed);
  return (limit) => Math.floor(random() * limit);
}

const frameBytes = 0x8000;
const windowBits = 15;
const slots = 30;
const extraOf = (slot: number): number => Math.max(0, (slot >> 1) - 1);
const bases = Array.from({ length: slots + 1 }, (_, slot) =>
  Array.from({ length: slot }, (_, below) => 2 ** extraOf(below)).reduce((sum, size) => sum + size, 0),
);

/** Words of 16 bits, low byte first, the high bit first. */
function wordWriter() {
  const bytes: number[] = [];
  let [held, count] = [0, 0];
  const put = (value: number, bits: number): void => {
    for (let bit = bits - 1; bit >= 0; bit--) {
      held = (held << 1) | (Math.floor(value / 2 ** bit) & 1);
      if (++count < 16) continue;
      bytes.push(held & 255, held >> 8);
      [held, count] = [0, 0];
    }
  };
  return {
    bytes,
    put,
    /** To the next word; one that is not begun counts as well where `whole`. */
    align(whole: boolean): void {
      if (count > 0 || whole) put(0, 16 - count);
    },
  };
}

type Bits = ReturnType<typeof wordWriter>;

/** A code that is complete: `short` of its symbols, from `first` on, are one bit shorter than the others. */
function aCode(symbols: number, random: Random) {
  const long = Math.ceil(Math.log2(symbols));
  const short = 2 ** long - symbols;
  const first = random(symbols);
  const isShort = (symbol: number): boolean => (symbol - first + symbols) % symbols < short;
  const lengths = Array.from({ length: symbols }, (_, symbol) => (isShort(symbol) ? long - 1 : long));
  const order = [long - 1, long].flatMap((length) =>
    lengths.flatMap((own, symbol) => (own === length ? [symbol] : [])),
  );
  const codes: number[] = [];
  let next = 0;
  for (const symbol of order) {
    const size = 2 ** (long - (lengths[symbol] ?? 0));
    codes[symbol] = next / size;
    next += size;
  }
  return { lengths, put: (bits: Bits, symbol: number) => bits.put(codes[symbol] ?? 0, lengths[symbol] ?? 0) };
}

type Code = ReturnType<typeof aCode>;

function putLengths(bits: Bits, code: readonly number[], before: number[], random: Random): void {
  const pre = aCode(20, random);
  for (const length of pre.lengths) bits.put(length, 4);
  for (let at = 0; at < code.length; ) {
    const difference = (index: number): number => ((before[index] ?? 0) - (code[index] ?? 0) + 17) % 17;
    const run = [4, 5].find(
      (count) => code.slice(at, at + count).every((one) => one === code[at]) && at + count <= code.length,
    );
    if (run && random(3) === 0) {
      pre.put(bits, 19);
      bits.put(run - 4, 1);
      pre.put(bits, difference(at));
      at += run;
    } else pre.put(bits, difference(at++));
  }
  code.forEach((length, index) => {
    before[index] = length;
  });
}

/**
 * One file as a folder of LZX, one frame in each block, with blocks of all three kinds, matches at new and at repeated offsets, and calls
 * translated where `fileSize` is not 0. A test's own writer, as no free program makes such cabinets: cabextract judges it.
 */
function lzxBlocks(plain: Buffer, fileSize: number, random: Random): Buffer[] {
  const [main, lengths]: [number[], number[]] = [Array(256 + 8 * slots).fill(0), Array(249).fill(0)];
  const recent: [number, number, number] = [1, 1, 1];
  const blocks: Buffer[] = [];
  for (let start = 0; start < plain.length; start += frameBytes) {
    const bits = wordWriter();
    if (start === 0) {
      bits.put(fileSize > 0 ? 1 : 0, 1);
      if (fileSize > 0) bits.put(fileSize, 32);
    }
    const end = Math.min(plain.length, start + frameBytes);
    for (let at = start; at < end; ) {
      // An even length, so that the frame ends where its last block does.
      const size = Math.min(end - at, 2 * (1 + random(9000)));
      const kind = 1 + random(3);
      bits.put(kind, 3);
      bits.put(size, 24);
      if (kind === 3) putPlain(bits, plain.subarray(at, at + size), recent);
      else putBlock(bits, { plain, at, end: at + size, kind, recent, main, lengths, random });
      at += size;
    }
    bits.align(false);
    blocks.push(Buffer.from(bits.bytes));
  }
  return blocks;
}

function putPlain(bits: Bits, bytes: Buffer, recent: readonly number[]): void {
  bits.align(true);
  for (const offset of recent) for (const shift of [0, 8, 16, 24]) bits.bytes.push((offset >>> shift) & 255);
  bits.bytes.push(...bytes);
  if (bytes.length % 2 === 1) bits.bytes.push(0);
}

interface Block {
  readonly plain: Buffer;
  readonly at: number;
  readonly end: number;
  readonly kind: number;
  readonly recent: [number, number, number];
  readonly main: number[];
  readonly lengths: number[];
  readonly random: Random;
}

function putBlock(bits: Bits, { plain, at: from, end, kind, recent, main, lengths, random }: Block): void {
  const aligned = kind === 2 ? aCode(8, random) : undefined;
  if (aligned) for (const length of aligned.lengths) bits.put(length, 3);
  const [mainCode, lengthCode] = [aCode(main.length, random), aCode(lengths.length, random)];
  const [low, high] = [main.slice(0, 256), main.slice(256)];
  putLengths(bits, mainCode.lengths.slice(0, 256), low, random);
  putLengths(bits, mainCode.lengths.slice(256), high, random);
  main.splice(0, main.length, ...low, ...high);
  putLengths(bits, lengthCode.lengths, lengths, random);
  for (let at = from; at < end; ) {
    const match = random(4) > 0 ? matchAt(plain, at, end, recent, random) : undefined;
    if (!match) {
      mainCode.put(bits, plain[at++] ?? 0);
      continue;
    }
    putMatch(bits, match, { mainCode, lengthCode, aligned, recent });
    at += match.length;
  }
}

interface Match {
  readonly offset: number;
  readonly length: number;
}

/** A match at an offset that was used last, or anywhere in the window. */
function matchAt(
  plain: Buffer,
  at: number,
  end: number,
  recent: readonly number[],
  random: Random,
): Match | undefined {
  const offsets = [...recent, 1 + random(Math.min(at, 2 ** windowBits - 3) || 1), 7, 64, 1000];
  const found = offsets.flatMap((offset) => {
    if (offset > Math.min(at, 2 ** windowBits - 3)) return [];
    let length = 0;
    while (length < 257 && at + length < end && plain[at + length] === plain[at + length - offset]) length++;
    return length >= 2 ? [{ offset, length }] : [];
  });
  return found.length > 0 ? found[random(found.length)] : undefined;
}

function putMatch(
  bits: Bits,
  { offset, length }: Match,
  codes: { mainCode: Code; lengthCode: Code; aligned: Code | undefined; recent: [number, number, number] },
): void {
  const { mainCode, lengthCode, aligned, recent } = codes;
  const repeated = recent.indexOf(offset);
  const slot =
    repeated >= 0 ? repeated : bases.findIndex((_, index) => (bases[index + 1] ?? 1e9) > offset + 2);
  const header = Math.min(7, length - 2);
  mainCode.put(bits, 256 + slot * 8 + header);
  if (header === 7) lengthCode.put(bits, length - 9);
  if (repeated >= 0) {
    [recent[0], recent[repeated]] = [offset, recent[0]];
    return;
  }
  const [extra, rest] = [extraOf(slot), offset + 2 - (bases[slot] ?? 0)];
  if (aligned && extra >= 3) {
    bits.put(rest >> 3, extra - 3);
    aligned.put(bits, rest & 7);
  } else bits.put(rest, extra);
  [recent[2], recent[1], recent[0]] = [recent[1], recent[0], offset];
}

/** Calls (0xE8) with targets as they are before LZX packs them: absolute ones. The inverse of what unpacking does. */
function translated(plain: Buffer, fileSize: number): Buffer {
  const out = Buffer.from(plain);
  for (let start = 0; start < out.length; start += frameBytes) {
    const size = Math.min(frameBytes, out.length - start);
    for (let at = start; size > 10 && at < start + size - 10; at++) {
      if (out[at] !== 0xe8) continue;
      const relative = out.readInt32LE(at + 1);
      if (relative >= -at && relative < fileSize)
        out.writeInt32LE((relative < fileSize - at ? relative + at : relative - fileSize) | 0, at + 1);
      at += 4;
    }
  }
  return out;
}

/** A cabinet with one file in a folder of LZX. Source of its records: [MS-CAB] 2. */
export function lzxCabinet(name: string, plain: Buffer, random: Random, fileSize = 0): Buffer {
  const packed = fileSize > 0 ? translated(plain, fileSize) : plain;
  const blocks = lzxBlocks(packed, fileSize, random).map((data, index) => {
    const head = Buffer.alloc(8);
    head.writeUInt16LE(data.length, 4);
    head.writeUInt16LE(Math.min(frameBytes, plain.length - index * frameBytes), 6);
    return Buffer.concat([head, data]);
  });
  const file = Buffer.alloc(16);
  file.writeUInt32LE(plain.length, 0);
  file.writeUInt16LE(0x5a21, 10);
  const entry = Buffer.concat([file, Buffer.from(`${name}\0`)]);
  const folder = Buffer.alloc(8);
  const header = Buffer.alloc(36);
  folder.writeUInt32LE(header.length + folder.length + entry.length, 0);
  folder.writeUInt16LE(blocks.length, 4);
  folder.writeUInt16LE(3 | (windowBits << 8), 6);
  header.write('MSCF', 'latin1');
  header.writeUInt32LE(header.length + folder.length, 16);
  header.writeUInt16LE(0x0103, 24);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(1, 28);
  const whole = Buffer.concat([header, folder, entry, ...blocks]);
  whole.writeUInt32LE(whole.length, 8);
  return whole;
}
