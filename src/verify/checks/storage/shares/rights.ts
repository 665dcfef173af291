/** Bits of System.Security.AccessControl.FileSystemRights. */
const bits: Readonly<Record<string, number>> = {
  ReadData: 0x1,
  ListDirectory: 0x1,
  WriteData: 0x2,
  CreateFiles: 0x2,
  AppendData: 0x4,
  CreateDirectories: 0x4,
  ReadExtendedAttributes: 0x8,
  WriteExtendedAttributes: 0x10,
  ExecuteFile: 0x20,
  Traverse: 0x20,
  DeleteSubdirectoriesAndFiles: 0x40,
  ReadAttributes: 0x80,
  WriteAttributes: 0x100,
  Write: 0x116,
  Delete: 0x10000,
  ReadPermissions: 0x20000,
  Read: 0x20089,
  ReadAndExecute: 0x200a9,
  Modify: 0x301bf,
  ChangePermissions: 0x40000,
  TakeOwnership: 0x80000,
  Synchronize: 0x100000,
  FullControl: 0x1f01ff,
};

/** Generic rights and what they stand for of a file (winnt.h, FILE_ALL_ACCESS, FILE_GENERIC_*). */
const generic: readonly (readonly [number, number])[] = [
  [0x10000000, 0x1f01ff],
  [0x20000000, 0x1200a0],
  [0x40000000, 0x120116],
  [0x80000000, 0x120089],
];

const synchronize = 0x100000;
export const modify = 0x301bf;
/** Writes, adds or deletes something. */
export const writes = 0x2 | 0x4 | 0x40 | 0x10000 | 0x40000 | 0x80000;

/** The mask of rights as Windows prints them: names with commas, or a number, also a negative one. Without Synchronize, which every handle has. */
export function maskOf(rights: string): number {
  const parts = rights.split(',').map((part) => part.trim());
  const mask = parts.reduce(
    (all, part) => all | (/^-?\d+$/.test(part) ? expanded(Number(part)) : (bits[part] ?? 0)),
    0,
  );
  return mask & ~synchronize;
}

/** Whether a mask holds all of another one. */
export function contains(mask: number, wanted: number): boolean {
  return (mask & wanted) === wanted;
}

/** The names of rights that are in one mask and not in another: single bits alone. */
export function lackingRights(mask: number, wanted: number): readonly string[] {
  const single = Object.entries(bits).filter(([, bit]) => (bit & (bit - 1)) === 0);
  const missing = single.filter(([, bit]) => (wanted & bit) !== 0 && (mask & bit) === 0);
  return missing
    .filter(([, bit], index) => missing.findIndex(([, other]) => other === bit) === index)
    .map(([name]) => name);
}

function expanded(number: number): number {
  const mask = number >>> 0;
  const specific = mask & 0x1fffff;
  return generic.reduce((all, [bit, meant]) => ((mask & bit) >>> 0 === bit ? all | meant : all), specific);
}
