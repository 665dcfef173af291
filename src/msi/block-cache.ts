import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Segment } from './cabinet-blocks.ts';
import { checksum, deflateBlock } from './deflate-block.ts';

/** Turns a segment into its CFDATA records. */
export type Compress = (segment: Segment) => Promise<readonly Buffer[]>;

/** Compresses every block of a segment at the same time on the thread pool. */
export function compressor(level: number): Compress {
  return ({ blocks, dictionary }) =>
    Promise.all(blocks.map((block, i) => deflateBlock(block, i === 0 ? dictionary : blocks[i - 1], level)));
}

/**
 * The same, keeping the records of every segment in `directory` under the digest of what they are made from. A damaged entry
 * is made again. The directory may be deleted at any time.
 */
export function cachedCompressor(level: number, directory: string): Compress {
  const compress = compressor(level);
  mkdirSync(directory, { recursive: true });
  return async (segment) => {
    const path = join(directory, `${keyOf(segment, level)}.blocks`);
    const known = readRecords(path);
    if (known?.length === segment.blocks.length) return known;
    const records = await compress(segment);
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(unfinished, Buffer.concat(records));
    renameSync(unfinished, path);
    return records;
  };
}

function keyOf({ blocks, dictionary }: Segment, level: number): string {
  // The version of zlib decides the bytes as much as the level does.
  const hash = createHash('sha256').update(`${process.versions.zlib} ${level} ${dictionary ? 1 : 0}\n`);
  if (dictionary) hash.update(dictionary);
  for (const block of blocks) hash.update(block);
  return hash.digest('hex');
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
    at += record.length;
  }
  return records;
}
