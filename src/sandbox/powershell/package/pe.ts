/** What stands in the header of a program or library of Windows. */
export interface ProgramHeader {
  /** `x64`, `x86`, `arm64`, `arm`, or the number of another machine. */
  readonly architecture: string;
}

/** Machines by the number of `Machine` in the COFF header (Microsoft PE format, "Machine Types"). */
const machines: Readonly<Record<number, string>> = {
  34404: 'x64',
  332: 'x86',
  43620: 'arm64',
  452: 'arm',
};

/** The header of a Windows program from its bytes (Microsoft PE format); undefined where they are none. */
export function programHeader(bytes: Buffer): ProgramHeader | undefined {
  if (bytes.length < 0x40 || bytes.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const start = bytes.readUInt32LE(0x3c);
  if (start + 6 > bytes.length || bytes.toString('latin1', start, start + 4) !== 'PE\0\0') return undefined;
  const machine = bytes.readUInt16LE(start + 4);
  return { architecture: machines[machine] ?? `machine 0x${machine.toString(16)}` };
}

/** `dwSignature` of VS_FIXEDFILEINFO, as its bytes lie in a file. */
const fixedInfo = Buffer.from([0xbd, 0x04, 0xef, 0xfe]);

/**
 * The first three numbers of the file version of a Windows program, `7.6.9`, from the fixed part of its version resource
 * (VS_FIXEDFILEINFO); undefined where it has none.
 */
export function fileVersion(bytes: Buffer): string | undefined {
  const at = bytes.indexOf(fixedInfo);
  if (at < 0 || at + 16 > bytes.length) return undefined;
  const [minor, major, patch] = [8, 10, 14].map((offset) => bytes.readUInt16LE(at + offset));
  return `${major}.${minor}.${patch}`;
}
