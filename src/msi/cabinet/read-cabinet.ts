import { inflateRawSync } from 'node:zlib';
import { BuildError } from '../../errors.ts';
import type { ByteSource } from '../bytes/source.ts';
import { decodeText } from '../database/codepage.ts';
import { lzxDecoder } from './lzx/lzx.ts';
import { checksum } from './mszip.ts';
import { blockBytes } from './segment.ts';

export interface CabinetEntry {
  readonly name: string;
  readonly size: number;
  /** Index of its folder and place of its first byte in the plain folder. */
  readonly folder: number;
  readonly offset: number;
  /** DOS date and time. */
  readonly date: number;
  readonly time: number;
}

export interface Cabinet {
  readonly entries: readonly CabinetEntry[];
  /** Every file in order with its bytes in pieces, checksums checked. One folder after the other is unpacked, block by block. */
  readonly extract: (onData: OnData) => void;
  /** The same block after block, for those who have others to serve in between. */
  readonly steps: (onData: OnData) => Iterable<void>;
}

type OnData = (entry: CabinetEntry, bytes: Buffer, last: boolean) => void;

interface ReadFolder {
  readonly offset: number;
  readonly blocks: number;
  readonly method: number;
  /** Of LZX: the size of its window as a power of 2. */
  readonly windowBits: number;
}

const damaged = (why: string) => new BuildError(`the cabinet is damaged: ${why}`);

/** A cabinet that is as it should be, of a kind that is not read here. */
export class UnsupportedCabinet extends BuildError {
  constructor(what: string) {
    super(`${what}, which oriel does not read`, 'cabextract or 7z unpack it');
  }
}

/** Compression of a folder by number. Source: [MS-CAB] 2.2, typeCompress. */
const methods = ['none', 'MSZIP', 'Quantum', 'LZX'];
/** What real files never reach, and a bomb does; a package of a few empty pages is let through. */
const maxRatio = 200;
const freely = 64 << 20;
const hasReserve = 4;
const spansCabinets = 3;

/**
 * Opens a cabinet (stored, MSZIP or LZX, not part of a set). `expected` is what its files have in bytes where somebody knows: more than that, or
 * more than real files give when nobody knows, is not unpacked. Throws BuildError on anything that does not fit together.
 */
export function openCabinet(source: ByteSource, expected = 0): Cabinet {
  const header = source.read(0, 40);
  if (header.length < 36 || header.toString('latin1', 0, 4) !== 'MSCF')
    throw damaged('it does not start like one');
  const flags = header.readUInt16LE(30);
  if (flags & spansCabinets) throw new UnsupportedCabinet('the cabinet is part of a set');
  const reserve =
    flags & hasReserve ? [header.readUInt16LE(36), header[38] ?? 0, header[39] ?? 0] : [0, 0, 0];
  const [headReserve = 0, folderReserve = 0, dataReserve = 0] = reserve;
  const first = flags & hasReserve ? 40 + headReserve : 36;
  const folders = readFolders(source, first, header.readUInt16LE(26), folderReserve);
  const entries = readEntries(source, header.readUInt32LE(16), header.readUInt16LE(28), folders.length);
  const members = folders.map((): CabinetEntry[] => []);
  for (const entry of entries) members[entry.folder]?.push(entry);
  const steps = function* (onData: OnData): Generator<void> {
    const own = { ...bounded(source, expected), reserve: dataReserve };
    for (const [i, folder] of folders.entries()) yield* extractFolder(own, folder, members[i] ?? [], onData);
  };
  return { entries, steps, extract: (onData) => void Array.from(steps(onData)) };
}

/** A source that gives its bytes once, and how many more may come out of them. */
function bounded(
  { size, read }: ByteSource,
  expected: number,
): {
  readonly source: ByteSource;
  readonly spend: (bytes: number) => void;
} {
  // Folders that share their data would let a small file unpack without end.
  let unread = size;
  let plain = freely + Math.max(expected, maxRatio * size);
  return {
    source: {
      size,
      read(offset, length) {
        unread -= length;
        if (unread < 0) throw damaged('its folders overlap');
        return read(offset, length);
      },
    },
    spend(bytes) {
      plain -= bytes;
      if (plain < 0) throw damaged(`it unpacks to more than ${maxRatio} times its size`);
    },
  };
}

function readFolders(source: ByteSource, first: number, count: number, reserve: number): ReadFolder[] {
  const step = 8 + reserve;
  const bytes = source.read(first, count * step);
  if (bytes.length < count * step) throw damaged('the list of folders breaks off');
  return Array.from({ length: count }, (_, i) => ({
    offset: bytes.readUInt32LE(i * step),
    blocks: bytes.readUInt16LE(i * step + 4),
    method: bytes.readUInt16LE(i * step + 6) & 0xf,
    windowBits: (bytes.readUInt16LE(i * step + 6) >> 8) & 0x1f,
  }));
}

function readEntries(source: ByteSource, start: number, count: number, folders: number): CabinetEntry[] {
  const maxEntryBytes = 16 + 257;
  const entries: CabinetEntry[] = [];
  for (let at = start; entries.length < count; ) {
    const bytes = source.read(at, maxEntryBytes);
    const end = bytes.indexOf(0, 16);
    if (bytes.length < 17 || end < 0) throw damaged('the list of files breaks off');
    const folder = bytes.readUInt16LE(8);
    if (folder >= folders) throw damaged(`a file lies in folder ${folder} of ${folders}`);
    const utf8 = (bytes.readUInt16LE(14) & 0x80) !== 0;
    entries.push({
      name: decodeText(bytes.subarray(16, end), utf8 ? 65001 : 1252),
      size: bytes.readUInt32LE(0),
      offset: bytes.readUInt32LE(4),
      folder,
      date: bytes.readUInt16LE(10),
      time: bytes.readUInt16LE(12),
    });
    at += end + 1;
  }
  return entries;
}

/** Hands out the plain bytes of a folder to the files that lie in it one behind the other. */
function* extractFolder(
  { source, reserve, spend }: { source: ByteSource; reserve: number; spend: (bytes: number) => void },
  folder: ReadFolder,
  entries: readonly CabinetEntry[],
  onData: OnData,
): Generator<void> {
  let index = 0;
  let position = 0;
  const deliver = (plain: Buffer) => {
    const end = position + plain.length;
    for (let entry = entries[index]; entry; entry = entries[index]) {
      if (entry.offset > end) break;
      const from = Math.max(entry.offset, position);
      const to = Math.min(entry.offset + entry.size, end);
      const last = entry.offset + entry.size <= end;
      if (to < from) throw damaged(`file ${entry.name} does not follow the one before`);
      if (last || to > from) onData(entry, plain.subarray(from - position, to - position), last);
      if (!last) break;
      index++;
    }
    position = end;
  };
  deliver(Buffer.alloc(0));
  for (const plain of plainBlocks(source, folder, reserve)) {
    spend(plain.length);
    deliver(plain);
    yield;
  }
  const missing = entries[index];
  if (missing) throw damaged(`file ${missing.name} ends behind its folder`);
}

function* plainBlocks(source: ByteSource, folder: ReadFolder, reserve: number): Generator<Buffer> {
  const method = methods[folder.method];
  if (method === undefined) throw damaged(`there is no compression method ${folder.method}`);
  if (method === 'Quantum') throw new UnsupportedCabinet('the cabinet is compressed with Quantum');
  const unpack = unpackers[method]?.(folder) ?? stored;
  let at = folder.offset;
  for (let i = 0; i < folder.blocks; i++) {
    const head = source.read(at, 8);
    if (head.length < 8) throw damaged('a block breaks off');
    const record = Buffer.concat([head, source.read(at + 8 + reserve, head.readUInt16LE(4))]);
    if (record.length < 8 + head.readUInt16LE(4)) throw damaged('a block breaks off');
    const sum = record.readUInt32LE(0);
    if (sum !== 0 && sum !== checksum(record)) throw damaged(`block ${i} has a wrong checksum`);
    const plain = unpack(record);
    if (plain.length !== record.readUInt16LE(6)) throw damaged(`block ${i} has not the length it says`);
    yield plain;
    at += reserve + record.length;
  }
}

/** Plain bytes of a block with its head; what is known of the blocks before stays with it. */
type Unpack = (record: Buffer) => Buffer;

const stored: Unpack = (record) => record.subarray(8);

const unpackers: Readonly<Record<string, (folder: ReadFolder) => Unpack>> = {
  MSZIP() {
    let dictionary: Buffer | undefined;
    return (record) => (dictionary = inflate(record, dictionary));
  },
  LZX({ windowBits }) {
    const decode = lzxDecoder(windowBits);
    return (record) => decode(record.subarray(8), record.readUInt16LE(6));
  },
};

function inflate(record: Buffer, dictionary: Buffer | undefined): Buffer {
  if (record.toString('latin1', 8, 10) !== 'CK') throw damaged('a block is not MSZIP');
  try {
    return inflateRawSync(record.subarray(10), {
      maxOutputLength: blockBytes,
      ...(dictionary && { dictionary }),
    });
  } catch (cause) {
    throw new BuildError('the cabinet is damaged: a block cannot be unpacked', undefined, { cause });
  }
}
