import { BuildError } from '../../errors.ts';
import type { ByteSource } from '../bytes/source.ts';
import {
  difatSector,
  endOfChain,
  entryBytes,
  fatSector,
  headerFats,
  miniSectorBytes,
  noEntry,
  signature,
} from './compound.ts';

export interface CompoundStream {
  readonly name: string;
  readonly size: number;
  /** Bytes from `offset` on, at most `length`. Throws BuildError when the chain of sectors is damaged. */
  readonly read: (offset?: number, length?: number) => Buffer;
}

export interface Compound {
  /** Class id of the root, 16 bytes as stored. */
  readonly rootClass: Buffer;
  readonly streams: ReadonlyMap<string, CompoundStream>;
}

interface Geometry {
  readonly sector: number;
  readonly count: number;
  readonly version: number;
  readonly cutoff: number;
  readonly header: Buffer;
}

const damaged = (why: string) => new BuildError(`not a sound compound file: ${why}`);
/** A directory of more entries than this is hostile: 65,000 streams are allowed. */
const maxEntries = 1 << 17;

/** Opens a compound file, version 3 or 4. Everything is checked against the size of the source before it is believed. */
export function openCompound(source: ByteSource): Compound {
  const geometry = readHeader(source);
  const fat = readFat(source, geometry);
  const { header, sector, count } = geometry;
  const sectorsOf = (chain: readonly number[]) =>
    Buffer.concat(chain.map((index) => source.read((index + 1) * sector, sector)));
  const directoryChain = follow(fat, header.readUInt32LE(48), count, 'directory');
  if (directoryChain.length * sector > maxEntries * entryBytes) throw damaged('the directory is too large');
  const directory = sectorsOf(directoryChain);
  const entries = readEntries(directory, geometry);
  const [root] = entries;
  if (!root) throw damaged('it has no root');
  const layout: Layout = {
    geometry,
    fat,
    miniChain: lazy(() => chainFor(fat, root.start, root.size, sector, 'mini stream')),
    miniFat: lazy(() => toNumbers(sectorsOf(follow(fat, header.readUInt32LE(60), count, 'mini table')))),
  };
  const streamEntries = entries.filter(({ type }) => type === 2);
  // Streams that share sectors would let a small file be read without end.
  if (streamEntries.reduce((sum, { size }) => sum + size, 0) > source.size)
    throw damaged('its streams are larger than the file');
  const streams = streamEntries.map((entry) => openStream(source, layout, entry));
  return {
    rootClass: directory.subarray(80, 96),
    streams: new Map(streams.map((stream) => [stream.name, stream])),
  };
}

interface Layout {
  readonly geometry: Geometry;
  readonly fat: Uint32Array;
  /** Sectors of the mini stream, and the table of its short sectors. */
  readonly miniChain: () => Uint32Array;
  readonly miniFat: () => Uint32Array;
}

function openStream(source: ByteSource, layout: Layout, { name, size, start }: RawEntry): CompoundStream {
  const { fat, miniChain, miniFat } = layout;
  const { sector, cutoff } = layout.geometry;
  const inMini = size < cutoff;
  const unit = inMini ? miniSectorBytes : sector;
  const chain = lazy(() => chainFor(inMini ? miniFat() : fat, start, size, unit, 'stream'));
  const locate = (at: number): number => {
    const index = chain()[at] ?? 0;
    if (!inMini) return (index + 1) * sector;
    const outer = miniChain()[Math.floor((index * miniSectorBytes) / sector)];
    if (outer === undefined) throw damaged('a short stream lies outside the mini stream');
    return (outer + 1) * sector + ((index * miniSectorBytes) % sector);
  };
  return {
    name,
    size,
    read: (offset = 0, length = size) =>
      readRange(source, locate, unit, offset, Math.min(length, size - offset)),
  };
}

function lazy<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= make();
    return value;
  };
}

/** Joins neighbouring sectors into one read. */
function readRange(
  source: ByteSource,
  locate: (unit: number) => number,
  unit: number,
  offset: number,
  length: number,
): Buffer {
  const parts: Buffer[] = [];
  let at = offset;
  const end = offset + Math.max(0, length);
  while (at < end) {
    const first = Math.floor(at / unit);
    const from = locate(first) + (at % unit);
    let stop = Math.min(end, (first + 1) * unit);
    for (let next = first + 1; stop < end && locate(next) === from + (stop - at); next++)
      stop = Math.min(end, (next + 1) * unit);
    const part = source.read(from, stop - at);
    if (part.length < stop - at) throw damaged('a stream ends behind the file');
    parts.push(part);
    at = stop;
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

function readHeader(source: ByteSource): Geometry {
  const header = source.read(0, 512);
  if (header.length < 512 || !header.subarray(0, 8).equals(signature))
    throw damaged('it does not start like one');
  const version = header.readUInt16LE(26);
  const shift = header.readUInt16LE(30);
  if (!((version === 3 && shift === 9) || (version === 4 && shift === 12)))
    throw damaged(`version ${version} with sectors of 2^${shift} bytes`);
  if (header.readUInt16LE(32) !== 6) throw damaged('short sectors that are not 64 bytes');
  const sector = 1 << shift;
  const cutoff = header.readUInt32LE(56);
  if (cutoff !== 4096) throw damaged(`short streams up to ${cutoff} bytes`);
  return { sector, count: Math.max(0, Math.ceil(source.size / sector) - 1), version, cutoff, header };
}

function readFat(source: ByteSource, { header, sector, count }: Geometry): Uint32Array {
  const fats = header.readUInt32LE(44);
  if (fats > Math.ceil(count / (sector / 4)) + 1)
    throw damaged(`${fats} sectors of allocation table for ${count} sectors`);
  const list: number[] = [];
  for (let i = 0; i < Math.min(fats, headerFats); i++) list.push(header.readUInt32LE(76 + 4 * i));
  let next = header.readUInt32LE(68);
  for (let seen = 0; list.length < fats; seen++) {
    if (next >= count || seen > count) throw damaged('the list of allocation tables breaks off');
    const numbers = toNumbers(source.read((next + 1) * sector, sector));
    for (const number of numbers.subarray(0, -1)) if (list.length < fats) list.push(number);
    next = numbers.at(-1) ?? endOfChain;
  }
  const bytes = list.map((index) => {
    if (index >= count) throw damaged(`allocation table in sector ${index} of ${count}`);
    return source.read((index + 1) * sector, sector);
  });
  return toNumbers(Buffer.concat(bytes));
}

function toNumbers(bytes: Buffer): Uint32Array {
  const numbers = new Uint32Array(Math.floor(bytes.length / 4));
  for (let i = 0; i < numbers.length; i++) numbers[i] = bytes.readUInt32LE(4 * i);
  return numbers;
}

/** The sectors of a chain to its end. More than `most` can only be a circle. */
function follow(fat: Uint32Array, start: number, maxSectors: number, what: string): number[] {
  const chain: number[] = [];
  for (let sector = start; sector !== endOfChain && sector !== noEntry; ) {
    if (sector >= fat.length || sector >= maxSectors)
      throw damaged(`the chain of the ${what} leaves the file`);
    if (chain.length >= maxSectors) throw damaged(`the chain of the ${what} is a circle`);
    chain.push(sector);
    const next = fat[sector] ?? endOfChain;
    if (next === fatSector || next === difatSector)
      throw damaged(`the chain of the ${what} runs into a table`);
    sector = next;
  }
  return chain;
}

/** The first sectors of a chain that hold `size` bytes: never more, so a circle costs nothing. */
function chainFor(fat: Uint32Array, start: number, size: number, unit: number, what: string): Uint32Array {
  const needed = Math.ceil(size / unit);
  if (needed > fat.length) throw damaged(`the ${what} is longer than its table`);
  const chain = new Uint32Array(needed);
  let sector = start;
  for (let i = 0; i < needed; i++) {
    if (sector >= fat.length) throw damaged(`the chain of a ${what} breaks off`);
    chain[i] = sector;
    sector = fat[sector] ?? endOfChain;
  }
  return chain;
}

interface RawEntry {
  readonly name: string;
  readonly type: number;
  readonly start: number;
  readonly size: number;
}

/** Root first, then all that can be reached as its children; storages inside (patches have them) are not entered. */
function readEntries(directory: Buffer, { version }: Geometry): RawEntry[] {
  const at = (index: number): RawEntry & { left: number; right: number; child: number } => {
    const base = index * entryBytes;
    const length = Math.min(directory.readUInt16LE(base + 64), 64);
    const high = version === 4 ? directory.readUInt32LE(base + 124) : 0;
    return {
      name: directory.toString('utf16le', base, base + Math.max(0, length - 2)),
      type: directory[base + 66] ?? 0,
      left: directory.readUInt32LE(base + 68),
      right: directory.readUInt32LE(base + 72),
      child: directory.readUInt32LE(base + 76),
      start: directory.readUInt32LE(base + 116),
      size: directory.readUInt32LE(base + 120) + high * 2 ** 32,
    };
  };
  if (directory.length < entryBytes) return [];
  const root = at(0);
  if (root.type !== 5) throw damaged('the first entry is not the root');
  const found: RawEntry[] = [root];
  const seen = new Set<number>([0]);
  const waiting = [root.child];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (index === noEntry) continue;
    if (seen.has(index)) throw damaged('the directory is a circle');
    if ((index + 1) * entryBytes > directory.length)
      throw damaged('the directory names an entry that is not there');
    seen.add(index);
    const entry = at(index);
    found.push(entry);
    waiting.push(entry.left, entry.right);
  }
  return found;
}
