import { InputError } from '../../../errors.ts';
import { fileVersion, programHeader } from './pe.ts';
import { filesOf, type PowerShellFiles } from './source.ts';

/** A PowerShell for Windows that a sandbox can use. */
export interface PowerShellSource {
  readonly files: PowerShellFiles;
  /** `7.6.9`. */
  readonly version: string;
}

const remedy =
  "Name the publisher's PowerShell-7.x-win-x64.zip, or the folder that it unpacks to, with --powershell or ORIEL_POWERSHELL.";

/**
 * Looks at what a user names as PowerShell for Windows: a folder, or the publisher's zip. Version and architecture come from the headers
 * of its programs. Throws InputError with the reason for what is none that runs in Wine (exit code 2); changes nothing.
 */
export async function inspectPowerShell(source: string): Promise<PowerShellSource> {
  try {
    const files = await filesOf(source);
    return { files, version: await versionOf(files) };
  } catch (error) {
    throw new InputError([{ message: `PowerShell ${source}: ${(error as Error).message}`, hint: remedy }]);
  }
}

async function versionOf({ paths, read }: PowerShellFiles): Promise<string> {
  const names = new Set(paths.map((path) => path.toLowerCase()));
  if (!names.has('pwsh.exe')) throw new Error(whatElse(names));
  for (const name of ['pwsh.dll', 'System.Management.Automation.dll'])
    if (!names.has(name.toLowerCase())) throw new Error(`it is not a whole PowerShell: ${name} is missing`);
  if (!names.has('coreclr.dll')) throw new Error('it brings no .NET along, and there is none in Wine');
  for (const name of ['pwsh.exe', 'coreclr.dll']) {
    const header = programHeader(await read(actual(paths, name)));
    if (!header) throw new Error(`${name} is not a program of Windows`);
    if (header.architecture !== 'x64')
      throw new Error(`it is for ${header.architecture}, and the nodes are x64`);
  }
  const version = fileVersion(await read(actual(paths, 'pwsh.dll')));
  if (!version) throw new Error('its version is not known: pwsh.dll has none');
  if (!version.startsWith('7.')) throw new Error(`it is version ${version}, and the sandbox takes 7.x`);
  return version;
}

/** Windows does not tell names by their case. */
function actual(paths: readonly string[], name: string): string {
  return paths.find((path) => path.toLowerCase() === name.toLowerCase()) ?? name;
}

function whatElse(names: ReadonlySet<string>): string {
  if (names.has('pwsh')) return 'it is PowerShell for Linux or macOS: there is pwsh and no pwsh.exe';
  if (names.has('powershell.exe')) return 'it is Windows PowerShell, which is a part of Windows';
  const nested = [...names].find((name) => name.endsWith('/pwsh.exe'));
  if (nested) return `there is no pwsh.exe in it, but in ${nested.slice(0, -'/pwsh.exe'.length)}`;
  return 'it is not a PowerShell for Windows: there is no pwsh.exe in it';
}
