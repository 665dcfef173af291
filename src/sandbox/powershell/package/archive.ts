import { open } from 'node:fs/promises';
import { crc32, inflateRawSync } from 'node:zlib';

/** A file in a zip, as the list at the end of it tells (PKWARE APPNOTE 6.3, section 4.3.12). */
export interface ZipEntry {
  readonly path: string;
  /** Bytes, unpacked. */
  readonly size: number;
  readonly packed: number;
  readonly crc: number;
  readonly method: number;
  readonly encrypted: boolean;
  readonly isLink: boolean;
  readonly isFolder: boolean;
  /** Where its own header begins. */
  readonly at: number;
}

export interface ZipList {
  readonly entries: readonly ZipEntry[];
  /** The list itself: it has the checksum of every file. */
  readonly bytes: Buffer;
}

const endRecord = { signature: 0x06054b50, length: 22, maxComment: 65_535 } as const;
const listed = { signature: 0x02014b50, length: 46 } as const;
const local = { signature: 0x04034b50, length: 30 } as const;

/** The files of a zip. Throws Error with the reason where it is none, or damaged. */
export async function readZipList(file: string): Promise<ZipList> {
  const { size } = await withFile(file, (handle) => handle.stat());
  const tail = Math.min(size, endRecord.length + endRecord.maxComment);
  const end = await bytesAt(file, size - tail, tail);
  let at = end.length - endRecord.length;
  while (at >= 0 && end.readUInt32LE(at) !== endRecord.signature) at--;
  if (at < 0) throw new Error('it is not a zip file, or its end is missing');
  const [count, length, start] = [
    end.readUInt16LE(at + 10),
    end.readUInt32LE(at + 12),
    end.readUInt32LE(at + 16),
  ];
  if (count === 0xffff || start === 0xffffffff) throw new Error('it is a zip64, which oriel does not read');
  if (start + length > size) throw new Error('it is damaged: its list of files is cut off');
  const bytes = await bytesAt(file, start, length);
  return { bytes, entries: entriesOf(bytes, count) };
}

function entriesOf(bytes: Buffer, count: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + listed.length > bytes.length || bytes.readUInt32LE(at) !== listed.signature)
      throw new Error('it is damaged: its list of files cannot be read');
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    entries.push(entryOf(bytes, at, name));
    at += listed.length + name + extra + comment;
  }
  return entries;
}

function entryOf(bytes: Buffer, at: number, nameLength: number): ZipEntry {
  const path = bytes.toString('utf8', at + listed.length, at + listed.length + nameLength);
  const method = bytes.readUInt16LE(at + 10);
  return {
    path,
    method,
    // Bit 0 of the flags, and the method of AES.
    encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1 || method === 99,
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    // The upper half of the attributes is the mode of Unix where one made it.
    isLink: (bytes.readUInt16LE(at + 40) & 0o170000) === 0o120000,
    isFolder: path.endsWith('/'),
    at: bytes.readUInt32LE(at + 42),
  };
}

/** The content of a file in a zip. Throws Error where it is not what the list says. */
export async function unzipEntry(file: string, entry: ZipEntry): Promise<Buffer> {
  const head = await bytesAt(file, entry.at, local.length);
  if (head.length < local.length || head.readUInt32LE(0) !== local.signature)
    throw new Error(`it is damaged: ${entry.path} is not where its list says`);
  const start = entry.at + local.length + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = await bytesAt(file, start, entry.packed);
  const content = inflated(packed, entry);
  if (content.length !== entry.size || crc32(content) !== entry.crc)
    throw new Error(`it is damaged: the checksum of ${entry.path} is wrong`);
  return content;
}

function inflated(packed: Buffer, { path, method, size }: ZipEntry): Buffer {
  if (method === 0) return packed;
  if (method !== 8) throw new Error(`${path} is packed with method ${method}, which oriel does not read`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    throw new Error(`it is damaged: ${path} cannot be unpacked (${(error as Error).message})`);
  }
}

function bytesAt(file: string, position: number, length: number): Promise<Buffer> {
  return withFile(file, async (handle) => {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  });
}

async function withFile<T>(
  file: string,
  work: (handle: Awaited<ReturnType<typeof open>>) => Promise<T>,
): Promise<T> {
  const handle = await open(file);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
