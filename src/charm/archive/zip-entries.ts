import { inflateRawSync } from 'node:zlib';

/** An entry of a zip archive; fflate, which unpacks elsewhere, does not tell the modes that Juju goes by. */
export interface ZipEntry {
  readonly name: string;
  /** File type and permissions of Unix; absent where the archive was made by a system without them. */
  readonly mode?: number;
  readonly bytes: number;
  /** Throws RangeError where it has more than `most` bytes, Error where it is damaged. */
  readonly read: (most: number) => Buffer;
}

const endSize = 22;
const headSize = 46;
const localSize = 30;
const longestComment = 0xffff;
const unix = 3;

/** The entries of an archive in the order of its directory (PKWARE, APPNOTE.TXT 4.3). Throws Error where `zip` is none. */
export function zipEntries(zip: Buffer): readonly ZipEntry[] {
  const end = endOf(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + headSize > zip.length || zip.readUInt32LE(at) !== 0x02014b50)
      throw new Error('its directory is damaged');
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const name = zip.toString('utf8', at + headSize, at + headSize + (nameSize ?? 0));
    const mode = zip.readUInt32LE(at + 38) >>> 16;
    const source = {
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      local: zip.readUInt32LE(at + 42),
    };
    entries.push({
      name,
      ...(zip.readUInt8(at + 5) === unix && { mode }),
      bytes: zip.readUInt32LE(at + 24),
      read: (most) => contentOf(zip, source, most),
    });
    at += headSize + (nameSize ?? 0) + (extraSize ?? 0) + (commentSize ?? 0);
  }
  return entries;
}

function endOf(zip: Buffer): number {
  for (let at = zip.length - endSize; at >= Math.max(0, zip.length - endSize - longestComment); at -= 1)
    if (zip.readUInt32LE(at) === 0x06054b50) return at;
  throw new Error('it is not a zip archive');
}

interface Source {
  readonly method: number;
  readonly packed: number;
  readonly local: number;
}

function contentOf(zip: Buffer, { method, packed, local }: Source, most: number): Buffer {
  if (local + localSize > zip.length || zip.readUInt32LE(local) !== 0x04034b50)
    throw new Error('its content is missing');
  const start = local + localSize + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const content = zip.subarray(start, start + packed);
  if (method === 0) return content;
  if (method === 8) return inflateRawSync(content, { maxOutputLength: most });
  throw new Error(`it is compressed by method ${method}`);
}
