import { hash } from 'node:crypto';

/** A file on its way into a cabinet. */
export interface CabinetFile {
  /** Name in the cabinet: the key in the File table. ASCII. */
  readonly key: string;
  readonly source: string;
  readonly content?: Uint8Array | undefined;
  readonly size: number;
}

/** The count is a 16-bit number, offsets are 32-bit ones and readers take them as signed. */
const limits = { files: 65_535, bytes: 0x7000_0000 };

/** Divides files, in their order, over as few cabinets as the format allows. */
export function planCabinets(
  files: readonly CabinetFile[],
  { files: maxFiles, bytes: maxBytes }: { files: number; bytes: number } = limits,
): CabinetFile[][] {
  const cabinets: CabinetFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = cabinets.at(-1);
    if (last && last.length < maxFiles && bytes + file.size <= maxBytes) {
      last.push(file);
      bytes += file.size;
    } else {
      cabinets.push([file]);
      bytes = file.size;
    }
  }
  return cabinets;
}

const minFolderBytes = 1 << 20;
const maxFolderBytes = 8 << 20;

/**
 * Divides the files of a cabinet over folders, the units that are compressed without knowledge of each other. Borders depend
 * on names, not on sizes alone, so that a change in one file leaves the other folders, and their compressed bytes, as they were.
 */
export function planFolders(files: readonly CabinetFile[]): CabinetFile[][] {
  const folders: CabinetFile[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = folders.at(-1);
    const border = bytes >= minFolderBytes && (hash('md5', file.key, 'buffer')[0] ?? 0) % 16 === 0;
    if (!last || border || bytes + file.size > maxFolderBytes) {
      folders.push([file]);
      bytes = 0;
    } else last.push(file);
    bytes += file.size;
  }
  return folders;
}
