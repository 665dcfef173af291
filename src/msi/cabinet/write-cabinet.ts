import { createHash } from 'node:crypto';
import { writeAll } from '../bytes/write-all.ts';
import { type CabinetFile, planFolders } from './cabinet-plan.ts';
import type { CabinetBlock, Pack } from './pack.ts';

export interface CabinetOptions {
  readonly pack: Pack;
  /** Unix seconds, for the date of every file (UTC; the format has steps of two seconds). */
  readonly epoch: number;
  /** Plain bytes that went in since the last call. */
  readonly onProgress: (bytes: number) => void;
}

export interface WrittenCabinet {
  readonly size: number;
  /** SHA-256 over the checksums and sizes of all blocks and the lists of folders and files. */
  readonly digest: Buffer;
  /** MD5 of every file's bytes in hexadecimal digits, in the order of the files. */
  readonly md5: readonly string[];
}

/** Plain bytes that may wait for the thread pool: enough to keep it busy, little memory. */
const bytesInFlight = 4 << 20;
const mszip = 1;

interface WrittenFolder {
  offset: number;
  blocks: number;
}

/**
 * Writes an MSZIP cabinet into the open file `fd` from `base` on. Files keep their order. Nothing but a few megabytes is held:
 * blocks are read, compressed side by side and written in order; the table of folders is filled in at the end.
 */
export async function writeCabinet(
  fd: number,
  base: number,
  files: readonly CabinetFile[],
  { pack, epoch, onProgress }: CabinetOptions,
): Promise<WrittenCabinet> {
  const plan = planFolders(files);
  const md5: string[] = [];
  const digest = createHash('sha256');
  const folders: WrittenFolder[] = plan.map(() => ({ offset: 0, blocks: 0 }));
  let offset = headerSize(plan);
  const waiting: { piece: CabinetBlock; folder: WrittenFolder }[] = [];
  let inFlight = 0;
  const writeFirst = async () => {
    const head = waiting.shift();
    if (!head) return;
    const records = await head.piece.records;
    if (head.folder.blocks === 0) head.folder.offset = offset;
    head.folder.blocks += records.length;
    for (const record of records) digest.update(record.subarray(0, 8));
    offset = writeAll(fd, records, base + offset) - base;
    inFlight -= head.piece.bytes;
    onProgress(head.piece.bytes);
  };
  for (const [i, folder] of folders.entries())
    for (const piece of pack(plan[i] ?? [], (_, hash) => md5.push(hash))) {
      // Awaited in order later; without this a failure before its turn would end the process.
      piece.records.catch(() => {});
      waiting.push({ piece, folder });
      inFlight += piece.bytes;
      while (inFlight > bytesInFlight) await writeFirst();
    }
  while (waiting.length > 0) await writeFirst();
  const head = encodeHead(plan, folders, offset, epoch);
  writeAll(fd, [head], base);
  return { size: offset, digest: digest.update(head).digest(), md5 };
}

const entrySize = (file: CabinetFile) => 16 + file.key.length + 1;
const headerSize = (plan: readonly CabinetFile[][]) =>
  36 + 8 * plan.length + plan.flat().reduce((sum, file) => sum + entrySize(file), 0);

/** CFHEADER, the CFFOLDERs and the CFFILEs [MS-CAB 2]. */
function encodeHead(
  plan: readonly CabinetFile[][],
  folders: readonly WrittenFolder[],
  size: number,
  epoch: number,
): Buffer {
  const head = Buffer.alloc(headerSize(plan));
  head.write('MSCF', 0, 'latin1');
  head.writeUInt32LE(size, 8);
  head.writeUInt32LE(36 + 8 * folders.length, 16);
  head.writeUInt16LE(0x0103, 24);
  head.writeUInt16LE(folders.length, 26);
  head.writeUInt16LE(plan.flat().length, 28);
  folders.forEach(({ offset, blocks }, i) => {
    head.writeUInt32LE(offset, 36 + 8 * i);
    head.writeUInt16LE(blocks, 40 + 8 * i);
    head.writeUInt16LE(mszip, 42 + 8 * i);
  });
  const { date, time } = dosTime(epoch);
  let at = 36 + 8 * folders.length;
  plan.forEach((files, folder) => {
    let offset = 0;
    for (const file of files) {
      head.writeUInt32LE(file.size, at);
      head.writeUInt32LE(offset, at + 4);
      head.writeUInt16LE(folder, at + 8);
      head.writeUInt16LE(date, at + 10);
      head.writeUInt16LE(time, at + 12);
      head.writeUInt16LE(0x20, at + 14);
      head.write(file.key, at + 16, 'latin1');
      at += entrySize(file);
      offset += file.size;
    }
  });
  return head;
}

/** Date and time as FAT keeps them: years from 1980, steps of two seconds. */
export function dosTime(epoch: number): { readonly date: number; readonly time: number } {
  const when = new Date(epoch * 1000);
  const date = ((when.getUTCFullYear() - 1980) << 9) | ((when.getUTCMonth() + 1) << 5) | when.getUTCDate();
  const time = (when.getUTCHours() << 11) | (when.getUTCMinutes() << 5) | (when.getUTCSeconds() >> 1);
  return { date, time };
}
