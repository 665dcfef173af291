import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import type { RegistryData } from '../node/backing.ts';
import { runInWine } from './control.ts';

/** Numbers of winnt.h: REG_SZ and so on. */
const types: Readonly<Record<RegistryData['type'], number>> = {
  String: 1,
  ExpandString: 2,
  Binary: 3,
  DWord: 4,
  MultiString: 7,
  QWord: 11,
};
const hives: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
};

/** A value that is to be in the registry; without data it is to be gone. */
export interface RegistryEntry {
  readonly key: string;
  readonly name: string;
  readonly data?: RegistryData;
}

/** Sets a value of a prefix's registry, or removes it. Throws BuildError. */
export function writeRegistry(prefix: string, key: string, name: string, data?: RegistryData): Promise<void> {
  return writeRegistryEntries(prefix, [{ key, name, ...(data && { data }) }]);
}

/** Sets and removes values of a prefix's registry by one .reg file: its hexadecimal form knows every type. Throws BuildError. */
export async function writeRegistryEntries(prefix: string, entries: readonly RegistryEntry[]): Promise<void> {
  const text = ['Windows Registry Editor Version 5.00', ...entries.map(linesOf), ''].join('\r\n\r\n');
  const file = `oriel-${randomUUID()}.reg`;
  const place = join(prefix, 'drive_c/windows/temp', file);
  try {
    await writeFile(place, `\ufeff${text}`, 'utf16le');
    const { exitCode, stderr } = await runInWine(prefix, 'reg.exe', ['import', `C:\\windows\\temp\\${file}`]);
    if (exitCode !== 0)
      throw new BuildError(`reg import of ${entries.map(({ key }) => key).join(', ')} failed: ${stderr}`);
  } finally {
    await rm(place, { force: true });
  }
}

function linesOf({ key, name, data }: RegistryEntry): string {
  const [hive = '', ...path] = key.split('\\');
  const full = [hives[hive.toUpperCase()] ?? hive, ...path].join('\\');
  const quoted = `"${name.replace(/[\\"]/g, '\\$&')}"`;
  return `[${full}]\r\n${quoted}=${data ? hexOf(data) : '-'}`;
}

function hexOf({ type, value }: RegistryData): string {
  const bytes = [...bytesOf(type, value)].map((byte) => byte.toString(16).padStart(2, '0'));
  return `hex(${types[type].toString(16)}):${bytes.join(',')}`;
}

function bytesOf(type: RegistryData['type'], value: RegistryData['value']): Buffer {
  if (type === 'Binary') return Buffer.from(String(value), 'base64');
  if (typeof value !== 'number')
    return Buffer.from(
      typeof value === 'string' ? `${value}\0` : `${value.map((one) => `${one}\0`).join('')}\0`,
      'utf16le',
    );
  const bytes = Buffer.alloc(type === 'QWord' ? 8 : 4);
  if (type === 'QWord') bytes.writeBigUInt64LE(BigInt(value));
  else bytes.writeUInt32LE(value);
  return bytes;
}
