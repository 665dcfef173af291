import { createHash, hash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CabinetFile } from './cabinet-plan.ts';
import { openFileHashes } from './file-hashes.ts';
import { checksum, deflateSegment } from './mszip.ts';
import type { CabinetBlock, Pack } from './pack.ts';
import { blockBytes } from './segment.ts';
import { readSegments, segmentBytes } from './segments.ts';

/** Compressed segments from earlier builds. */
export interface BlockCache {
  readonly pack: Pack;
  /** Writes down what was learned and removes what nobody used for long. */
  readonly close: () => void;
}

const suffix = '.blocks';

/**
 * A packer that keeps the records of every segment in `directory`, named by what its folder holds, and so reads only folders in which
 * a file changed. An entry that is not the one whose SHA-256 stands beside it is made again, and `onDamage` is told. A cache that cannot be
 * used or written only costs time. The directory may be deleted at any time.
 */
export function openBlockCache(
  directory: string,
  level: number,
  onDamage: (message: string) => void = () => {},
): BlockCache | undefined {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    onDamage(`building without the cache: ${(error as Error).message}`);
    return undefined;
  }
  const hashes = openFileHashes(join(directory, 'files.json'));
  return {
    *pack(folder, onFile) {
      const key = folderKey(folder, level, (file) => {
        const hash = hashes.of(file);
        onFile(file, hash.md5);
        return hash.sha256;
      });
      yield* segmentsOf(folder, level, {
        at: (i) => join(directory, `${key}.${i}${suffix}`),
        onDamage,
      });
    },
    close() {
      try {
        hashes.save();
        evict(directory);
      } catch (error) {
        onDamage(`the cache cannot be kept: ${(error as Error).message}`);
      }
    },
  };
}

function folderKey(
  folder: readonly CabinetFile[],
  level: number,
  hashOf: (file: CabinetFile) => string,
): string {
  // The version of zlib decides the bytes as much as the level does.
  const digest = createHash('sha256').update(`2 ${process.versions.zlib} ${level}\n`);
  for (const file of folder) digest.update(`${file.size} ${hashOf(file)}\n`);
  return digest.digest('hex').slice(0, 40);
}

interface CachePlace {
  readonly at: (i: number) => string;
  readonly onDamage: (message: string) => void;
}

/** From the cache as far as it goes; then the sources are read, and what was not there is put there. */
function* segmentsOf(
  folder: readonly CabinetFile[],
  level: number,
  place: CachePlace,
): Generator<CabinetBlock> {
  const total = folder.reduce((sum, { size }) => sum + size, 0);
  const bytesOf = (i: number) => Math.min(segmentBytes, total - i * segmentBytes);
  let done = 0;
  for (; done * segmentBytes < total; done++) {
    const records = readRecords(place.at(done), bytesOf(done), place.onDamage);
    if (!records) break;
    yield { bytes: bytesOf(done), records: Promise.resolve(records) };
  }
  if (done * segmentBytes >= total) return;
  let i = 0;
  for (const segment of readSegments(folder, () => {})) {
    const path = place.at(i);
    if (i++ < done) continue;
    const records = deflateSegment(segment, level).then((deflated) => {
      writeRecords(path, deflated);
      return deflated;
    });
    yield { bytes: segment.plain.length, records };
  }
}

/** Every record begins at a multiple of four, where its checksum is fast. */
const paddingOf = ({ length }: Buffer) => -length & 3;

function writeRecords(path: string, records: readonly Buffer[]): void {
  const bytes = Buffer.concat(records.flatMap((record) => [record, Buffer.alloc(paddingOf(record))]));
  const parts = [
    [path, bytes],
    [`${path}.sha256`, hash('sha256', bytes)],
  ] as const;
  for (const [place, content] of parts) {
    const unfinished = `${place}.${process.pid}`;
    try {
      writeFileSync(unfinished, content);
      renameSync(unfinished, place);
    } catch {
      // A full disk, a read-only folder: the next build makes the segment again.
      rmSync(unfinished, { force: true });
      return;
    }
  }
}

function readRecords(
  path: string,
  plainBytes: number,
  onDamage: (message: string) => void,
): Buffer[] | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const records = isProven(path, bytes) ? recordsOf(bytes, plainBytes) : undefined;
  if (!records) onDamage(`${path} is not what was put into the cache, and is made anew`);
  return records;
}

/** Whether its SHA-256 stands beside it: a checksum of the cabinet says nothing about who wrote it. */
function isProven(path: string, bytes: Buffer): boolean {
  try {
    if (readFileSync(`${path}.sha256`, 'latin1') !== hash('sha256', bytes)) return false;
    for (const used of [path, `${path}.sha256`]) utimesSync(used, new Date(), new Date());
    return true;
  } catch (error) {
    // Nobody can mark what is used in a folder that is read-only.
    return (error as NodeJS.ErrnoException).syscall === 'utime';
  }
}

function recordsOf(bytes: Buffer, plainBytes: number): Buffer[] | undefined {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 8 > bytes.length) return undefined;
    const record = bytes.subarray(at, at + 8 + bytes.readUInt16LE(at + 4));
    if (record.length < 10 || checksum(record) !== record.readUInt32LE(0)) return undefined;
    records.push(record);
    at += record.length + paddingOf(record);
  }
  return records.length === Math.ceil(plainBytes / blockBytes) ? records : undefined;
}

/** Milliseconds since the last use, and bytes of all entries: some forty builds of a large package. */
const maxAgeMs = 30 * 24 * 3600 * 1000;
const maxBytes = 2 * 2 ** 30;

/** Removes entries that nobody used for a month, and the ones unused for longest where there are more than 2 GB. */
export function evict(directory: string, limits = { bytes: maxBytes, age: maxAgeMs }): void {
  const now = Date.now();
  const entries = readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat && name.includes(suffix) ? [{ path, age: now - stat.mtimeMs, bytes: stat.size }] : [];
  });
  let total = 0;
  for (const { path, age, bytes } of entries.sort((a, b) => a.age - b.age)) {
    total += bytes;
    if (age > limits.age || total > limits.bytes) rmSync(path, { force: true });
  }
}
