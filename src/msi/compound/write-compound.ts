import { BuildError } from '../../errors.ts';
import { writeAll } from '../bytes/write-all.ts';
import type { Stream } from '../database/database.ts';
import {
  compareNames,
  difatSector,
  endOfChain,
  entryBytes,
  fatSector,
  freeSector,
  headerFats,
  maxFileBytes,
  miniCutoff,
  miniSectorBytes,
  noEntry,
  packageClass,
  sectorBytes,
  signature,
} from './compound.ts';

/** A stream that is in the file already, from a multiple of 512 bytes on; at least 4,096 bytes long. */
export interface PlacedStream {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

interface SectorChain {
  /** First sector. */
  readonly start: number;
  /** Bytes. */
  readonly size: number;
}

interface DirectoryEntry extends SectorChain {
  readonly name: string;
}

const sectorsFor = (bytes: number) => Math.ceil(bytes / sectorBytes);

/**
 * Makes a compound file around what is in the open file `fd`: writes `streams` from `end` on, then the tables of sectors, the
 * directory and the header. Gives the size of the file. Throws BuildError above 2 GiB.
 */
export function finishCompound(
  fd: number,
  end: number,
  placed: readonly PlacedStream[],
  streams: readonly Stream[],
): number {
  const small = streams.filter(({ bytes }) => bytes.length < miniCutoff);
  const large = streams.filter(({ bytes }) => bytes.length >= miniCutoff);
  const mini = layMiniStream(small);
  const place = placer(sectorsFor(end) - 1);
  const entries: DirectoryEntry[] = [
    ...placed.map(({ name, offset, size }) => ({ name, start: offset / sectorBytes - 1, size })),
    ...large.map(({ name, bytes }) => ({ name, start: place(bytes.length), size: bytes.length })),
  ];
  const root = { name: 'Root Entry', start: place(mini.data.length), size: mini.data.length };
  const miniFat = { start: place(mini.fat.length), size: mini.fat.length };
  const directory = encodeDirectory(root, [...entries, ...mini.entries]);
  const start = place(directory.length);
  const chains = [...entries, root, miniFat, { start, size: directory.length }];
  const tail = encodeFat(place(0), chains);
  const body = [...large.map(({ bytes }) => padded(bytes)), padded(mini.data), padded(mini.fat), directory];
  const last = writeAll(fd, [...body, tail.bytes], sectorsFor(end) * sectorBytes);
  if (last > maxFileBytes)
    throw new BuildError(
      `the package would have ${last} bytes, Windows Installer reads at most ${maxFileBytes}`,
      'put the cabinets beside the package (cabinets: external)',
    );
  writeAll(fd, [encodeHeader(start, miniFat, tail)], 0);
  return last;
}

/** Gives the next free sector for so many bytes. */
function placer(first: number): (bytes: number) => number {
  let next = first;
  return (bytes) => {
    const start = next;
    next += sectorsFor(bytes);
    return start;
  };
}

function padded(bytes: Uint8Array, unit = sectorBytes): Buffer {
  const rest = bytes.length % unit;
  return rest === 0
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    : Buffer.concat([bytes, Buffer.alloc(unit - rest)]);
}

/** Packs short streams into 64-byte sectors. A file without any still gets no mini stream. */
function layMiniStream(small: readonly Stream[]): { data: Buffer; fat: Buffer; entries: DirectoryEntry[] } {
  const links: number[] = [];
  const entries = small.map(({ name, bytes }) => {
    const start = bytes.length === 0 ? endOfChain : links.length;
    const count = Math.ceil(bytes.length / miniSectorBytes);
    for (let i = 1; i <= count; i++) links.push(i === count ? endOfChain : links.length + 1);
    return { name, start, size: bytes.length };
  });
  const data = Buffer.concat(small.map(({ bytes }) => padded(bytes, miniSectorBytes)));
  const fat = Buffer.alloc(sectorsFor(links.length * 4) * sectorBytes, 0xff);
  links.forEach((link, i) => {
    fat.writeUInt32LE(link, 4 * i);
  });
  return { data, fat, entries };
}

/** Root and streams as 128-byte entries; the streams hang below the root as a balanced red-black tree. */
function encodeDirectory(root: DirectoryEntry, streams: readonly DirectoryEntry[]): Buffer {
  const sorted = [...streams].sort((a, b) => compareNames(a.name, b.name));
  const out = Buffer.alloc(sectorsFor((sorted.length + 1) * entryBytes) * sectorBytes);
  const fullLevels = Math.floor(Math.log2(sorted.length + 1));
  const subtree = (low: number, high: number, depth: number): number => {
    if (low >= high) return noEntry;
    const middle = (low + high) >> 1;
    const entry = sorted[middle];
    if (!entry) return noEntry;
    const left = subtree(low, middle, depth + 1);
    const right = subtree(middle + 1, high, depth + 1);
    writeEntry(out, middle + 1, entry, { type: 2, black: depth < fullLevels, left, right, child: noEntry });
    return middle + 1;
  };
  const child = subtree(0, sorted.length, 0);
  writeEntry(out, 0, root, { type: 5, black: true, left: noEntry, right: noEntry, child });
  packageClass.copy(out, 80);
  for (let i = sorted.length + 1; i * entryBytes < out.length; i++)
    out.fill(0xff, i * entryBytes + 68, i * entryBytes + 80);
  return out;
}

interface Links {
  readonly type: 2 | 5;
  readonly black: boolean;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

function writeEntry(out: Buffer, index: number, entry: DirectoryEntry, links: Links): void {
  const at = index * entryBytes;
  out.write(entry.name, at, 62, 'utf16le');
  out.writeUInt16LE((entry.name.length + 1) * 2, at + 64);
  out[at + 66] = links.type;
  out[at + 67] = links.black ? 1 : 0;
  out.writeUInt32LE(links.left, at + 68);
  out.writeUInt32LE(links.right, at + 72);
  out.writeUInt32LE(links.child, at + 76);
  out.writeUInt32LE(entry.start, at + 116);
  out.writeUInt32LE(entry.size, at + 120);
}

interface Fat {
  readonly bytes: Buffer;
  readonly firstFat: number;
  readonly fats: number;
  readonly firstDifat: number;
  readonly difats: number;
}

/** The allocation table for `used` sectors with `chains` in consecutive sectors, and the sectors that list it, behind them. */
function encodeFat(used: number, chains: readonly SectorChain[]): Fat {
  const perSector = sectorBytes / 4;
  let fats = 0;
  let difats = 0;
  // Both tables take sectors that they have to list themselves.
  for (let before = -1; before !== fats + difats; ) {
    before = fats + difats;
    fats = Math.ceil((used + fats + difats) / perSector);
    difats = Math.ceil(Math.max(0, fats - headerFats) / (perSector - 1));
  }
  const table = new Uint32Array(fats * perSector).fill(freeSector);
  for (const { start, size } of chains) {
    if (size === 0) continue;
    const last = start + sectorsFor(size) - 1;
    for (let sector = start; sector < last; sector++) table[sector] = sector + 1;
    table[last] = endOfChain;
  }
  table.fill(fatSector, used, used + fats);
  table.fill(difatSector, used + fats, used + fats + difats);
  const difat = new Uint32Array(difats * perSector).fill(freeSector);
  for (let i = 0; i < difats; i++) {
    for (let j = 0; j < perSector - 1; j++) {
      const fat = headerFats + i * (perSector - 1) + j;
      if (fat < fats) difat[i * perSector + j] = used + fat;
    }
    difat[(i + 1) * perSector - 1] = i + 1 < difats ? used + fats + i + 1 : endOfChain;
  }
  const bytes = Buffer.concat([littleEndian(table), littleEndian(difat)]);
  return { bytes, firstFat: used, fats, firstDifat: difats > 0 ? used + fats : endOfChain, difats };
}

function littleEndian(values: Uint32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, i) => {
    bytes.writeUInt32LE(value, i * 4);
  });
  return bytes;
}

function encodeHeader(directory: number, miniFat: SectorChain, fat: Fat): Buffer {
  const header = Buffer.alloc(sectorBytes);
  signature.copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(fat.fats, 44);
  header.writeUInt32LE(directory, 48);
  header.writeUInt32LE(miniCutoff, 56);
  header.writeUInt32LE(miniFat.size > 0 ? miniFat.start : endOfChain, 60);
  header.writeUInt32LE(sectorsFor(miniFat.size), 64);
  header.writeUInt32LE(fat.firstDifat, 68);
  header.writeUInt32LE(fat.difats, 72);
  for (let i = 0; i < headerFats; i++)
    header.writeUInt32LE(i < fat.fats ? fat.firstFat + i : freeSector, 76 + 4 * i);
  return header;
}
