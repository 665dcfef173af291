/** Numbers of the compound file format, version 3 with sectors of 512 bytes [MS-CFB]: what Windows Installer itself writes. */
export const sectorBytes = 512;
export const miniSectorBytes = 64;
/** Streams below this live in the mini stream. */
export const miniCutoff = 4096;
export const endOfChain = 0xffff_fffe;
export const freeSector = 0xffff_ffff;
export const fatSector = 0xffff_fffd;
export const difatSector = 0xffff_fffc;
export const noEntry = 0xffff_ffff;
export const entryBytes = 128;
export const headerFats = 109;
export const signature = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Class of a Windows Installer package: {000C1084-0000-0000-C000-000000000046}. */
export const packageClass = Buffer.from('84100c0000000000c000000000000046', 'hex');
/** Version 3 files and Windows Installer end at 2 GiB. */
export const maxFileBytes = 0x8000_0000;

/** Order of names in a directory: the shorter first, then by upper-case UTF-16 units [MS-CFB 2.6.4]. */
export function compareNames(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  const [x, y] = [a.toUpperCase(), b.toUpperCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}
