import { readdirSync } from 'node:fs';
import { readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/errors.ts';
import { preparePowerShell } from '../../../src/sandbox/powershell/package/copy.ts';
import { inspectPowerShell } from '../../../src/sandbox/powershell/package/inspect.ts';
import { temporaryFolder } from '../stand-ins.ts';
import { type Files, powerShellFiles, writeFiles, writeZip } from './fake.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const whole = powerShellFiles();
const { 'pwsh.exe': _, ...withoutProgram } = whole;
const { 'coreclr.dll': __, ...withoutRuntime } = whole;

let count = 0;
const place = (): string => join(folder, `source-${++count}`);
const aFolder = (files: Files) => writeFiles(place(), files);
const aZip = (files: Files, change?: (bytes: Buffer) => Buffer) => writeZip(`${place()}.zip`, files, change);

async function refusal(source: string): Promise<string> {
  const error = await inspectPowerShell(source).then(
    () => undefined,
    (problem: Error) => problem,
  );
  expect(exitCodeOf(error)).toBe(2);
  return error?.message ?? '';
}

/** Sets the flag of encryption in the list at the end of a zip, and its copy before the first file. */
function encrypted(bytes: Buffer): Buffer {
  bytes.writeUInt16LE(1, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 8);
  return bytes;
}

describe('what is named as PowerShell', () => {
  it('is a folder or a zip of it, with its version', async () => {
    for (const source of [await aFolder(whole), await aZip(whole)])
      expect(await inspectPowerShell(source)).toMatchObject({ version: '7.4.6' });
  });

  it('may be packed with the folder around it', async () => {
    const around = Object.fromEntries(
      Object.entries(whole).map(([path, bytes]) => [`PowerShell/${path}`, bytes]),
    );
    expect((await inspectPowerShell(await aZip(around))).files.paths).toContain('pwsh.exe');
    expect(await refusal(await aFolder(around))).toContain('there is no pwsh.exe in it');
  });

  const others: readonly (readonly [string, () => Promise<string>, string])[] = [
    ['for arm64', () => aFolder(powerShellFiles(0xaa64)), 'it is for arm64, and the nodes are x64'],
    ['for x86, in a zip', () => aZip(powerShellFiles(0x14c)), 'it is for x86, and the nodes are x64'],
    ['of version 6', () => aFolder(powerShellFiles(0x8664, [6, 2, 7])), 'it is version 6.2.7'],
    ['for Linux', () => aFolder({ pwsh: whole['pwsh.exe'] as Uint8Array }), 'it is PowerShell for Linux'],
    ['Windows PowerShell', () => aZip({ 'powershell.exe': new Uint8Array(9) }), 'it is Windows PowerShell'],
    ['without its program', () => aFolder(withoutProgram), 'it is not a PowerShell for Windows'],
    ['without .NET', () => aFolder(withoutRuntime), 'it brings no .NET along'],
    [
      'a text as its program',
      () => aFolder({ ...whole, 'pwsh.exe': new Uint8Array(99) }),
      'pwsh.exe is not a program',
    ],
    ['an encrypted zip', () => aZip(whole, encrypted), 'it is encrypted (pwsh.exe)'],
    [
      'a zip that leads up',
      () => aZip({ ...whole, '../evil': new Uint8Array(1) }),
      '"../evil" leads out of it',
    ],
    [
      'a zip with a drive',
      () => aZip({ ...whole, 'C:/evil': new Uint8Array(1) }),
      '"C:/evil" leads out of it',
    ],
    ['half a zip', () => aZip(whole, (bytes) => bytes.subarray(0, 900)), 'it is not a zip file'],
    ['nothing', async () => place(), 'there is no such folder or file'],
    ['a device', async () => '/dev/null', 'it is neither a folder nor a file'],
  ];
  it.each(others)('is refused: %s', async (_, make, reason) => {
    expect(await refusal(await make())).toContain(reason);
  });

  it('is refused with a link that leads out of the folder', async () => {
    const source = await aFolder(whole);
    await symlink('/etc/hostname', join(source, 'extra.dll'));
    expect(await refusal(source)).toContain('extra.dll is a link that leads out of it');
  });

  it('is refused where a file is not what the list of the zip says', async () => {
    const change = (bytes: Buffer) => {
      bytes.writeUInt32LE(0, bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 16);
      return bytes;
    };
    expect(await refusal(await aZip(whole, change))).toContain('the checksum of pwsh.exe is wrong');
  });
});

describe('the copy of the sandbox', () => {
  it.each([
    ['a folder', () => aFolder(whole)],
    ['a zip', () => aZip(whole)],
  ])('of %s leaves out what hangs in Wine, and changes nothing of the source', async (_, make) => {
    const source = await make();
    const before = readdirSync(folder, { recursive: true });
    const cache = join(folder, `cache-${count}`);
    const copy = await preparePowerShell(source, cache);
    const found = (await readdir(copy.folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
    expect(found.sort()).toEqual([
      'Microsoft.Management.Infrastructure.dll',
      'Microsoft.PowerShell.Utility.psd1',
      'System.Management.Automation.dll',
      'coreclr.dll',
      'pwsh.dll',
      'pwsh.exe',
    ]);
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => !String(name).startsWith('cache-')),
    ).toEqual(before.filter((name) => !String(name).startsWith('cache-')));
    expect(await preparePowerShell(source, cache)).toEqual(copy);
    expect(await readdir(cache)).toHaveLength(1);
  });
});
