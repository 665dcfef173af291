import { BuildError } from '../../../errors.ts';
import { type BitReader, bitReader } from './bits.ts';
import { readLengths } from './lengths.ts';
import { type Symbols, symbolsOf } from './tree.ts';

/**
 * LZX as cabinets have it. Sources: [MS-PATCH] 2 (LZX DELTA; cabinets have neither reference data nor its chunk sizes), and the format
 * notes of libmspack (lzxd.c) for the start of an uncompressed block and the translation of calls.
 */

/** Bytes of a frame: each block of a cabinet but the last has one whole. */
const frameBytes = 0x8000;
/** Slots of match positions by the bits of the window. */
const slots: Readonly<Record<number, number>> = { 15: 30, 16: 32, 17: 34, 18: 36, 19: 38, 20: 42, 21: 50 };
const lengthSymbols = 249;
/** Bytes at the end of a frame that are never translated. */
const untranslated = 10;
/** Frames that may be translated: the first GiB. */
const translatedFrames = 0x8000;

const extraBits = Array.from({ length: 51 }, (_, slot) => Math.min(17, Math.max(0, (slot >> 1) - 1)));
const bases = extraBits.map((_, slot) => extraBits.slice(0, slot).reduce((sum, bits) => sum + 2 ** bits, 0));

const damaged = () => new BuildError('the cabinet is damaged: a block of LZX cannot be unpacked');

interface State {
  readonly window: Buffer;
  readonly main: Uint8Array;
  readonly lengths: Uint8Array;
  /** The three match offsets that were used last. */
  readonly recent: [number, number, number];
  /** Bytes that are unpacked so far. */
  done: number;
  kind: 'none' | 'verbatim' | 'aligned' | 'uncompressed';
  /** Bytes of the block of LZX that are still to come. */
  left: number;
  /** An uncompressed block of odd length has a byte behind it. */
  isOdd: boolean;
  mainCode: Symbols;
  lengthCode: Symbols;
  alignedCode: Symbols;
  /** Of the translation of calls; 0: there is none. */
  fileSize: number | undefined;
}

/** Unpacks one block of a cabinet after another into `size` bytes each; the window has 2^`windowBits` bytes. Throws BuildError. */
export function lzxDecoder(windowBits: number): (block: Buffer, size: number) => Buffer {
  const count = slots[windowBits];
  if (count === undefined) throw damaged();
  const none: Symbols = () => -1;
  const state: State = {
    window: Buffer.alloc(2 ** windowBits),
    main: new Uint8Array(256 + 8 * count),
    lengths: new Uint8Array(lengthSymbols),
    ...{ recent: [1, 1, 1], done: 0, kind: 'none', left: 0, isOdd: false },
    ...{ mainCode: none, lengthCode: none, alignedCode: none, fileSize: undefined },
  };
  return (block, size) => {
    if (size > frameBytes || state.done % frameBytes !== 0) throw damaged();
    const bits = bitReader(block);
    state.fileSize ??= bits.take(1) === 1 ? bits.take(32) : 0;
    const end = state.done + size;
    while (state.done < end) {
      if (state.left === 0) beginBlock(state, bits);
      const before = state.done;
      const until = Math.min(end, before + state.left);
      if (state.kind === 'uncompressed') copyBytes(state, bits, until);
      else unpack(state, bits, until);
      state.left -= state.done - before;
      if (bits.isOver()) throw damaged();
    }
    return translated(state, end - size, size);
  };
}

/** Reads the head of a block of LZX: its kind, its length, and its codes. */
function beginBlock(state: State, bits: BitReader): void {
  if (state.isOdd) bits.bytes(1);
  state.isOdd = false;
  const kind = (['none', 'verbatim', 'aligned', 'uncompressed'] as const)[bits.take(3)];
  state.left = bits.take(24);
  if (kind === undefined || kind === 'none' || state.left === 0) throw damaged();
  state.kind = kind;
  if (kind === 'uncompressed') {
    bits.align();
    for (const index of [0, 1, 2] as const) state.recent[index] = bits.bytes(4).readUInt32LE(0);
    state.isOdd = state.left % 2 === 1;
    return;
  }
  const { main, lengths } = state;
  if (kind === 'aligned') state.alignedCode = codeOf(Uint8Array.from({ length: 8 }, () => bits.take(3)));
  if (!readLengths(bits, main, 0, 256) || !readLengths(bits, main, 256, main.length)) throw damaged();
  if (!readLengths(bits, lengths, 0, lengths.length)) throw damaged();
  state.mainCode = codeOf(main);
  state.lengthCode = codeOf(lengths);
}

function codeOf(lengths: Uint8Array): Symbols {
  const code = symbolsOf(lengths);
  if (!code) throw damaged();
  return code;
}

function copyBytes(state: State, bits: BitReader, until: number): void {
  const bytes = bits.bytes(until - state.done);
  if (bytes.length < until - state.done) throw damaged();
  bytes.copy(state.window, state.done & (state.window.length - 1));
  state.done = until;
}

/** Literals and matches; a match ends within its frame and its block. */
function unpack(state: State, bits: BitReader, until: number): void {
  const { window, mainCode } = state;
  const mask = window.length - 1;
  while (state.done < until) {
    const symbol = mainCode(bits);
    if (symbol < 0) throw damaged();
    if (symbol < 256) {
      window[state.done & mask] = symbol;
      state.done++;
      continue;
    }
    const header = (symbol - 256) & 7;
    const more = header === 7 ? state.lengthCode(bits) : 0;
    const length = header + more + 2;
    const offset = offsetOf(state, bits, (symbol - 256) >> 3);
    const isPossible = more >= 0 && offset > 0 && offset <= Math.min(state.done, window.length);
    if (!isPossible || state.done + length > until || bits.isOver()) throw damaged();
    for (let at = state.done; at < state.done + length; at++)
      window[at & mask] = window[(at - offset) & mask] ?? 0;
    state.done += length;
  }
}

/** How far back a match is; what was used last comes to the front. */
function offsetOf(state: State, bits: BitReader, slot: number): number {
  const { recent } = state;
  if (slot < 3) {
    const offset = recent[slot] ?? 0;
    recent[slot] = recent[0];
    recent[0] = offset;
    return offset;
  }
  const offset = (bases[slot] ?? 0) - 2 + extraOf(state, bits, extraBits[slot] ?? 0);
  [recent[2], recent[1], recent[0]] = [recent[1], recent[0], offset];
  return offset;
}

/** The low three bits have a code of their own in an aligned block. */
function extraOf({ kind, alignedCode }: State, bits: BitReader, count: number): number {
  if (kind !== 'aligned' || count < 3) return bits.take(count);
  const high = bits.take(count - 3) * 8;
  const low = alignedCode(bits);
  if (low < 0) throw damaged();
  return high + low;
}

/** A frame with the targets of its calls (0xE8) made relative again; the window keeps it as it is. */
function translated({ window, fileSize = 0 }: State, start: number, size: number): Buffer {
  const from = start & (window.length - 1);
  const frame = Buffer.from(window.subarray(from, from + size));
  if (fileSize === 0 || size <= untranslated || start / frameBytes >= translatedFrames) return frame;
  for (let at = frame.indexOf(0xe8); at >= 0 && at < size - untranslated; at = frame.indexOf(0xe8, at + 5)) {
    const [here, target] = [start + at, frame.readInt32LE(at + 1)];
    if (target >= -here && target < fileSize)
      frame.writeInt32LE((target >= 0 ? target - here : target + fileSize) | 0, at + 1);
  }
  return frame;
}
