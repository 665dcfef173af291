import type { CabinetFile } from './cabinet-plan.ts';
import { deflateSegment } from './mszip.ts';
import { readSegments } from './segments.ts';

/** A stretch of a folder on its way into the cabinet: how many plain bytes it has, and its CFDATA records once they are there. */
export interface CabinetBlock {
  readonly bytes: number;
  readonly records: Promise<readonly Buffer[]>;
}

/** Gives a folder piece by piece, and each of its files to `onFile` with the MD5 of its bytes in hexadecimal digits. */
export type Pack = (
  folder: readonly CabinetFile[],
  onFile: (file: CabinetFile, md5: string) => void,
) => Iterable<CabinetBlock>;

/** Reads and compresses every file. */
export function packer(level: number): Pack {
  return function* (folder, onFile) {
    for (const segment of readSegments(folder, onFile))
      yield { bytes: segment.plain.length, records: deflateSegment(segment, level) };
  };
}
