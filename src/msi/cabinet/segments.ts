import { createHash, type Hash, hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { BuildError } from '../../errors.ts';
import type { CabinetFile } from './cabinet-plan.ts';
import type { Segment } from './segment.ts';
import { blockBytes } from './segment.ts';

export const segmentBytes = 64 * blockBytes;

const emptyMd5 = hash('md5', '');
const oneMore = Buffer.alloc(1);

/**
 * Reads the files of a folder one behind the other as blocks of 32 KiB, never more than a segment at once. `onFile` gets each
 * file with the MD5 of its bytes in hexadecimal digits. Throws BuildError when a file cannot be read or has not the planned size any more.
 */
export function* readSegments(
  folder: readonly CabinetFile[],
  onFile: (file: CabinetFile, md5: string) => void,
): Generator<Segment> {
  let ahead = folder.reduce((sum, { size }) => sum + size, 0);
  let plain = Buffer.allocUnsafeSlow(Math.min(segmentBytes, ahead));
  let filled = 0;
  let dictionary: Buffer | undefined;
  for (const file of folder) {
    let md5 = emptyMd5;
    let parts: Hash | undefined;
    const reader = openFile(file);
    try {
      for (let left = file.size; left > 0; ) {
        const count = reader.read(plain, filled, Math.min(left, plain.length - filled));
        if (count === 0) throw changed(file);
        const part = plain.subarray(filled, filled + count);
        // Most files are there at once. An object for each of a hundred thousand would fill the memory until it is tidied up.
        if (count === file.size) md5 = hash('md5', part);
        else parts = (parts ?? createHash('md5')).update(part);
        filled += count;
        left -= count;
        ahead -= count;
        if (filled < plain.length) continue;
        yield { plain, dictionary };
        dictionary = plain.subarray(-blockBytes);
        plain = Buffer.allocUnsafeSlow(Math.min(segmentBytes, ahead));
        filled = 0;
      }
      if (reader.read(oneMore, 0, 1) > 0) throw changed(file);
    } finally {
      reader.close();
    }
    onFile(file, parts?.digest('hex') ?? md5);
  }
}

function changed(file: CabinetFile): BuildError {
  return new BuildError(
    `${file.source} changed while the package was built`,
    'build again when nothing writes there',
  );
}

interface FileReader {
  readonly read: (into: Buffer, at: number, maxBytes: number) => number;
  readonly close: () => void;
}

function openFile({ source, content }: CabinetFile): FileReader {
  if (content) {
    let position = 0;
    const read = (into: Buffer, at: number, maxBytes: number) => {
      const part = content.subarray(position, position + maxBytes);
      into.set(part, at);
      position += part.length;
      return part.length;
    };
    return { read, close: () => {} };
  }
  try {
    const fd = openSync(source, 'r');
    return {
      read: (into, at, maxBytes) => readSync(fd, into, at, maxBytes, null),
      close: () => closeSync(fd),
    };
  } catch (cause) {
    throw new BuildError(`${source} cannot be read`, 'make it readable for the user who builds', { cause });
  }
}
