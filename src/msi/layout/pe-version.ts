import type { ByteSource } from '../bytes/source.ts';

export interface PeVersion {
  /** `a.b.c.d`. */
  readonly version: string;
  /** Decimal language ids joined by commas; null when the file names none. */
  readonly language: string | null;
}

const versionType = 16;
const fixedInfoSignature = 0xfeef04bd;
const maxResourceBytes = 1 << 20;

/**
 * Version and languages of a Windows program or library, from its VS_VERSIONINFO resource. Gives undefined for anything else,
 * damaged files too: Windows takes those for unversioned.
 * Source: PE/COFF specification, sections "Optional Header Data Directories" and ".rsrc"; VS_VERSIONINFO of the Windows SDK.
 */
export function readPeVersion(source: ByteSource): PeVersion | undefined {
  try {
    const resource = findVersionResource(source);
    return resource && parseVersionInfo(resource);
  } catch (error) {
    // Buffers throw RangeError for every offset that points outside.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function findVersionResource(source: ByteSource): Buffer | undefined {
  const dos = source.read(0, 64);
  if (dos.length < 64 || dos.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const pe = source.read(dos.readUInt32LE(60), 24 + 240 + 96 * 40);
  if (pe.toString('latin1', 0, 4) !== 'PE\0\0') return undefined;
  const sections = pe.readUInt16LE(6);
  const optionalBytes = pe.readUInt16LE(20);
  const directories = pe.readUInt16LE(24) === 0x20b ? 24 + 112 : 24 + 96;
  const resources = pe.readUInt32LE(directories + 2 * 8);
  if (resources === 0) return undefined;
  const offsetOf = (address: number): number => {
    for (let i = 0; i < sections; i++) {
      const at = 24 + optionalBytes + 40 * i;
      const start = pe.readUInt32LE(at + 12);
      if (address >= start && address < start + Math.max(pe.readUInt32LE(at + 8), pe.readUInt32LE(at + 16)))
        return pe.readUInt32LE(at + 20) + address - start;
    }
    throw new RangeError('address in no section');
  };
  const base = offsetOf(resources);
  const types = readDirectory(source, base, 0);
  const type = types.find(({ id }) => id === versionType);
  const name = type && readDirectory(source, base, type.offset)[0];
  const language = name && readDirectory(source, base, name.offset)[0];
  if (!language) return undefined;
  const data = source.read(base + language.offset, 16);
  const size = data.readUInt32LE(4);
  return size > maxResourceBytes ? undefined : source.read(offsetOf(data.readUInt32LE(0)), size);
}

function readDirectory(source: ByteSource, base: number, offset: number): { id: number; offset: number }[] {
  const head = source.read(base + offset, 16);
  const count = Math.min(head.readUInt16LE(12) + head.readUInt16LE(14), 4096);
  const entries = source.read(base + offset + 16, count * 8);
  return Array.from({ length: count }, (_, i) => ({
    id: entries.readUInt32LE(8 * i),
    offset: entries.readUInt32LE(8 * i + 4) & 0x7fff_ffff,
  }));
}

interface Block {
  readonly name: string;
  readonly value: Buffer;
  readonly children: Buffer;
}

const aligned = (offset: number) => (offset + 3) & ~3;

/** A block of the version tree: length, length of the value, type, name, value, children, each on a multiple of four. */
function parseBlock(bytes: Buffer): Block & { readonly length: number } {
  const length = bytes.readUInt16LE(0);
  const isText = bytes.readUInt16LE(4) === 1;
  const valueBytes = bytes.readUInt16LE(2) * (isText ? 2 : 1);
  let end = 6;
  while (bytes.readUInt16LE(end) !== 0) end += 2;
  const value = aligned(end + 2);
  const children = aligned(value + valueBytes);
  return {
    length,
    name: bytes.toString('utf16le', 6, end),
    value: bytes.subarray(value, value + valueBytes),
    children: bytes.subarray(Math.min(children, length), length),
  };
}

function childrenOf(bytes: Buffer): Block[] {
  const found: Block[] = [];
  for (let at = 0; at + 6 < bytes.length; ) {
    const block = parseBlock(bytes.subarray(at));
    if (block.length < 6) break;
    found.push(block);
    at = aligned(at + block.length);
  }
  return found;
}

function parseVersionInfo(resource: Buffer): PeVersion | undefined {
  const root = parseBlock(resource);
  if (root.value.length < 52 || root.value.readUInt32LE(0) !== fixedInfoSignature) return undefined;
  const [high, low] = [root.value.readUInt32LE(8), root.value.readUInt32LE(12)];
  const version = [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].join('.');
  const translation = childrenOf(root.children)
    .filter(({ name }) => name === 'VarFileInfo')
    .flatMap(({ children }) => childrenOf(children))
    .find(({ name }) => name === 'Translation');
  const languages: number[] = [];
  for (let at = 0; translation && at + 4 <= translation.value.length; at += 4)
    languages.push(translation.value.readUInt16LE(at));
  return { version, language: languages.length > 0 ? languages.join(',') : null };
}
