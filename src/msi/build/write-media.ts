import { closeSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type CabinetFile, planCabinets } from '../cabinet/cabinet-plan.ts';
import { type CabinetOptions, type WrittenCabinet, writeCabinet } from '../cabinet/write-cabinet.ts';
import { miniCutoff, sectorBytes } from '../compound/compound.ts';
import type { PlacedStream } from '../compound/write-compound.ts';
import type { Stream } from '../database/database.ts';
import { encodeStreamName } from '../database/stream-name.ts';
import type { Medium } from './tables.ts';

export interface WrittenMedia {
  readonly media: readonly Medium[];
  /** MD5 of every file, in order. */
  readonly md5: readonly string[];
  /** What identifies the bytes of every cabinet. */
  readonly digests: readonly Buffer[];
  /** Cabinets inside the package file, and where the next thing can go. */
  readonly placed: readonly PlacedStream[];
  readonly end: number;
  /** Cabinets too short for a place of their own. */
  readonly short: readonly Stream[];
}

/** Compresses the files into cabinets in the open package file `fd`, behind the space for its header. */
export async function embedCabinets(
  fd: number,
  files: readonly CabinetFile[],
  options: CabinetOptions,
): Promise<WrittenMedia> {
  const placed: PlacedStream[] = [];
  const short: Stream[] = [];
  const cabinets: [string, WrittenCabinet][] = [];
  let end = sectorBytes;
  for (const [i, part] of planCabinets(files).entries()) {
    const cabinet = `app${i + 1}.cab`;
    const name = encodeStreamName(cabinet, false);
    const written = await writeCabinet(fd, end, part, options);
    cabinets.push([`#${cabinet}`, written]);
    if (written.size < miniCutoff) {
      const bytes = Buffer.alloc(written.size);
      readSync(fd, bytes, 0, bytes.length, end);
      short.push({ name, bytes });
    } else {
      placed.push({ name, offset: end, size: written.size });
      end += Math.ceil(written.size / sectorBytes) * sectorBytes;
    }
  }
  return { ...mediaOf(cabinets), placed, end, short };
}

/** Compresses the files into cabinets beside the package `path`, as `<cabinet>.unfinished`; `made` gets each path at once. */
export async function placeCabinetsBeside(
  path: string,
  files: readonly CabinetFile[],
  options: CabinetOptions,
  created: string[],
): Promise<WrittenMedia> {
  const cabinets: [string, WrittenCabinet][] = [];
  for (const [i, part] of planCabinets(files).entries()) {
    const cabinet = `${basename(path, '.msi')}.${i + 1}.cab`;
    const beside = join(dirname(path), `${cabinet}.unfinished`);
    created.push(beside);
    const fd = openSync(beside, 'w');
    try {
      cabinets.push([cabinet, await writeCabinet(fd, 0, part, options)]);
    } finally {
      closeSync(fd);
    }
  }
  return { ...mediaOf(cabinets), placed: [], end: sectorBytes, short: [] };
}

function mediaOf(cabinets: readonly [string, WrittenCabinet][]) {
  let lastSequence = 0;
  const media = cabinets.map(([cabinet, { md5 }]): Medium => {
    lastSequence += md5.length;
    return { cabinet, lastSequence };
  });
  return {
    media,
    md5: cabinets.flatMap(([, { md5 }]) => md5),
    digests: cabinets.map(([, { digest }]) => digest),
  };
}
