import { existsSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { writeRegistryEntries } from '../wine/registry.ts';
import { cloneFolder } from '../wine/template.ts';
import type { PowerShellCopy } from './package/copy.ts';
import { powerShellFolder } from './start.ts';

/**
 * Puts a copy into a prefix, in place of another one that is there: programs are hard links, the rest copies. Its program is there as
 * powershell.exe too, which is the name that everybody uses.
 */
export async function installPowerShell(copy: PowerShellCopy, prefix: string): Promise<void> {
  const place = join(prefix, 'drive_c', 'Program Files', 'PowerShell', '7');
  const note = join(prefix, 'powershell.txt');
  const name = `${basename(copy.folder)}\n`;
  if (existsSync(place) && (await readFile(note, 'utf8').catch(() => '')) === name) return;
  await rm(note, { force: true });
  const part = `${place}.part`;
  for (const old of [part, place]) await rm(old, { recursive: true, force: true });
  await cloneFolder(copy.folder, part);
  await link(join(part, 'pwsh.exe'), join(part, 'powershell.exe'));
  await rename(part, place);
  await writeFile(note, name);
}

const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
const computerName = `${control}\\ComputerName`;
/** As Wine has it, with PowerShell before the empty powershell.exe of Wine. */
const searchPath = [
  '%SystemRoot%\\system32',
  '%SystemRoot%',
  '%SystemRoot%\\system32\\wbem',
  powerShellFolder,
  '%SystemRoot%\\system32\\WindowsPowershell\\v1.0',
].join(';');

/**
 * Tells the Windows of a booted prefix what Wine cannot know: the name of the computer (Wine takes that of this machine, at each boot) and,
 * in a new prefix, where PowerShell is. Throws BuildError.
 */
export async function describeComputer(prefix: string, computer: string, isNew: boolean): Promise<void> {
  const text = (value: string) => ({ type: 'String', value }) as const;
  await writeRegistryEntries(prefix, [
    { key: `${computerName}\\ActiveComputerName`, name: 'ComputerName', data: text(computer) },
    { key: `${computerName}\\ComputerName`, name: 'ComputerName', data: text(computer) },
    ...(isNew
      ? [
          {
            key: `${control}\\Session Manager\\Environment`,
            name: 'PATH',
            data: { type: 'ExpandString', value: searchPath } as const,
          },
        ]
      : []),
  ]);
}
