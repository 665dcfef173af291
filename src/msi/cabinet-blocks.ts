import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { BuildError } from '../errors.ts';
import type { CabinetFile } from './cabinet-plan.ts';
import { blockBytes } from './deflate-block.ts';

/** Blocks of one folder that follow each other: what is compressed, and cached, together. */
export interface Segment {
  readonly blocks: readonly Buffer[];
  /** The plain block before the first one; absent at the start of a folder. */
  readonly dictionary: Buffer | undefined;
}

const blocksPerSegment = 64;

/**
 * Reads the files of a folder one behind the other as blocks of 32 KiB, never more than a segment at once. `onFile` gets each
 * file with the MD5 of its bytes. Throws BuildError when a file cannot be read or has not the planned size any more.
 */
export function* readSegments(
  folder: readonly CabinetFile[],
  onFile: (file: CabinetFile, md5: Buffer) => void,
): Generator<Segment> {
  let blocks: Buffer[] = [];
  let dictionary: Buffer | undefined;
  let block = Buffer.allocUnsafe(blockBytes);
  let filled = 0;
  const take = (full: Buffer): Segment | undefined => {
    blocks.push(full);
    if (blocks.length < blocksPerSegment) return undefined;
    const segment = { blocks, dictionary };
    dictionary = blocks.at(-1);
    blocks = [];
    return segment;
  };
  for (const file of folder) {
    const hash = createHash('md5');
    const reader = openFile(file);
    try {
      for (let left = file.size; left > 0; ) {
        const count = reader.read(block, filled, Math.min(left, blockBytes - filled));
        if (count === 0) throw changed(file);
        hash.update(block.subarray(filled, filled + count));
        filled += count;
        left -= count;
        if (filled < blockBytes) continue;
        const segment = take(block);
        block = Buffer.allocUnsafe(blockBytes);
        filled = 0;
        if (segment) yield segment;
      }
      if (reader.read(Buffer.alloc(1), 0, 1) > 0) throw changed(file);
    } finally {
      reader.close();
    }
    onFile(file, hash.digest());
  }
  if (filled > 0) blocks.push(block.subarray(0, filled));
  if (blocks.length > 0) yield { blocks, dictionary };
}

function changed(file: CabinetFile): BuildError {
  return new BuildError(
    `${file.source} changed while the package was built`,
    'build again when nothing writes there',
  );
}

interface FileReader {
  readonly read: (into: Buffer, at: number, most: number) => number;
  readonly close: () => void;
}

function openFile({ source, content }: CabinetFile): FileReader {
  if (content) {
    let position = 0;
    const read = (into: Buffer, at: number, most: number) => {
      const part = content.subarray(position, position + most);
      into.set(part, at);
      position += part.length;
      return part.length;
    };
    return { read, close: () => {} };
  }
  try {
    const fd = openSync(source, 'r');
    return { read: (into, at, most) => readSync(fd, into, at, most, null), close: () => closeSync(fd) };
  } catch (cause) {
    throw new BuildError(`${source} cannot be read`, 'make it readable for the user who builds', { cause });
  }
}
