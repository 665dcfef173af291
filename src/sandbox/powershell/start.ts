import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { wineCommand, wineEnvironment } from '../wine/wine.ts';

/** A PowerShell that runs in a Wine prefix. Its errors are on `output` of the terminal that it needs: `words`. */
export interface RunningPowerShell {
  readonly child: ChildProcess;
  readonly input: Writable;
  readonly output: Readable;
  /** What it writes to its standard error and to its console, escape sequences included. */
  readonly words: Readable;
}

/** Where the PowerShell of a node is, as the publisher's package installs it. */
export const powerShellFolder = 'C:\\Program Files\\PowerShell\\7';

/**
 * The environment of a PowerShell in a prefix, besides that of every program there. With W^X, .NET dies in a finaliser within seconds
 * in Wine 8 ("Internal CLR error 0x80131506").
 */
const powerShellEnvironment = {
  DOTNET_EnableWriteXorExecute: '0',
  // Every assembly of .NET names mscoree, and Wine does not map one without it.
  WINEDLLOVERRIDES: 'mshtml=;winemenubuilder.exe=d',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
};

/**
 * Starts the PowerShell of a node with these arguments. It needs a console, which Wine gives where one of its standard streams is
 * a terminal, and ends without a word where there is none: `script` makes one for its errors, while input and output stay clean pipes
 * (descriptors 3 and 4). The child leads a process group of its own.
 */
export async function startPowerShell(prefix: string, args: readonly string[]): Promise<RunningPowerShell> {
  const command = [...(await wineCommand()), `${powerShellFolder}\\pwsh.exe`, ...args];
  const line = `exec ${command.map(quoted).join(' ')} <&3 >&4 3<&- 4>&-`;
  const child = spawn('script', ['-qec', line, '/dev/null'], {
    cwd: join(prefix, 'drive_c'),
    env: { ...wineEnvironment(prefix), ...powerShellEnvironment },
    stdio: ['ignore', 'pipe', 'ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const [, words, , input, output] = child.stdio as unknown as [null, Readable, null, Writable, Readable];
  return { child, input, output, words };
}

/** A word for sh, whatever is in it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
