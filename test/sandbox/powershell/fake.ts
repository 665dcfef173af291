import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

/** Files by their path. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** A file with the headers of a Windows program, and the version in the place where a linker puts it. */
export function windowsProgram(machine: number, version?: readonly [number, number, number]): Uint8Array {
  const bytes = Buffer.alloc(0x200);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0', 0x80, 'latin1');
  bytes.writeUInt16LE(machine, 0x84);
  if (version) {
    const [major, minor, patch] = version;
    bytes.writeUInt32LE(0xfeef04bd, 0x100);
    bytes.writeUInt16LE(minor, 0x108);
    bytes.writeUInt16LE(major, 0x10a);
    bytes.writeUInt16LE(500, 0x10c);
    bytes.writeUInt16LE(patch, 0x10e);
  }
  return bytes;
}

export const x64 = 0x8664;

/** What makes a PowerShell for Windows, and what hangs in Wine. */
export function powerShellFiles(
  machine = x64,
  version: readonly [number, number, number] = [7, 4, 6],
): Files {
  const text = strToU8('text');
  return {
    'pwsh.exe': windowsProgram(machine),
    'pwsh.dll': windowsProgram(0x14c, version),
    'coreclr.dll': windowsProgram(machine),
    'System.Management.Automation.dll': windowsProgram(0x14c, version),
    'Microsoft.Management.Infrastructure.dll': text,
    'Microsoft.Management.Infrastructure.CimCmdlets.dll': text,
    'Microsoft.Management.Infrastructure.Native.dll': text,
    'Microsoft.Management.Infrastructure.Native.Unmanaged.dll': text,
    'mi.dll': text,
    'miutils.dll': text,
    'Modules/CimCmdlets/CimCmdlets.psd1': text,
    'Modules/PSReadLine/PSReadLine.psm1': text,
    'Modules/PSReadLine/Changes.txt': text,
    'Modules/Microsoft.PowerShell.Utility/Microsoft.PowerShell.Utility.psd1': text,
  };
}

/** Writes files below a folder, which is made. */
export async function writeFiles(folder: string, files: Files): Promise<string> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  return folder;
}

/** The same files as a zip. */
export async function writeZip(
  file: string,
  files: Files,
  change = (bytes: Buffer) => bytes,
): Promise<string> {
  await writeFile(file, change(Buffer.from(zipSync({ ...files }))));
  return file;
}
