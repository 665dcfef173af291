import { createHash, webcrypto } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, type Segment } from './cabinet-blocks.ts';
import { blockBytes, checksum, deflateBlock } from './deflate-block.ts';

/** Turns a segment into its CFDATA records. */
export type Compress = (segment: Segment) => Promise<readonly Buffer[]>;

/** Compresses every block of a segment at the same time on the thread pool. */
export function compressor(level: number): Compress {
  return (segment) =>
    Promise.all(blocksOf(segment).map(({ plain, dictionary }) => deflateBlock(plain, dictionary, level)));
}

/**
 * The same, keeping the records of every segment in `directory` under the digest of what they are made from. A damaged entry
 * is made again. The directory may be deleted at any time.
 */
export function cachedCompressor(level: number, directory: string): Compress {
  const compress = compressor(level);
  mkdirSync(directory, { recursive: true });
  return async (segment) => {
    const path = join(directory, `${await keyOf(segment, level)}.blocks`);
    const known = readRecords(path);
    if (known?.length === Math.ceil(segment.plain.length / blockBytes)) return known;
    const records = await compress(segment);
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(
      unfinished,
      Buffer.concat(records.flatMap((record) => [record, Buffer.alloc(paddingOf(record))])),
    );
    renameSync(unfinished, path);
    return records;
  };
}

/** Every record begins at a multiple of four, where its checksum is fast. */
const paddingOf = ({ length }: Buffer) => -length & 3;

async function keyOf({ plain, dictionary }: Segment, level: number): Promise<string> {
  // On the thread pool: this thread is busy reading.
  const digest = Buffer.from(await webcrypto.subtle.digest('SHA-256', plain));
  // The version of zlib decides the bytes as much as the level does.
  const hash = createHash('sha256').update(`${process.versions.zlib} ${level} ${dictionary ? 1 : 0}\n`);
  if (dictionary) hash.update(dictionary);
  return hash.update(digest).digest('hex');
}

function readRecords(path: string): Buffer[] | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return undefined;
    const record = bytes.subarray(at, at + 8 + bytes.readUInt16LE(at + 4));
    if (record.length < 10 || checksum(record) !== record.readUInt32LE(0)) return undefined;
    records.push(record);
    at += record.length + paddingOf(record);
  }
  return records;
}
