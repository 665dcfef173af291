import { startInWine, type WineProgram } from '../wine/start.ts';

/** A PowerShell that runs in a Wine prefix. */
export type RunningPowerShell = WineProgram;

export interface PowerShellOptions {
  /** Added to the environment of the prefix. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Windows path. */
  readonly directory?: string;
}

/** Where the PowerShell of a node is, as the publisher's package installs it. */
export const powerShellFolder = 'C:\\Program Files\\PowerShell\\7';

/**
 * The environment of a PowerShell in a prefix, besides that of every program there. With W^X, .NET dies in a finaliser within seconds
 * in Wine 8 ("Internal CLR error 0x80131506").
 */
export const powerShellEnvironment: Readonly<Record<string, string>> = {
  DOTNET_EnableWriteXorExecute: '0',
  // Every assembly of .NET names mscoree, and Wine does not map one without it.
  WINEDLLOVERRIDES: 'mshtml=;winemenubuilder.exe=d',
  POWERSHELL_TELEMETRY_OPTOUT: '1',
  POWERSHELL_UPDATECHECK: 'Off',
};

/**
 * Starts the PowerShell of a node with these arguments. It needs a console and ends without a word where there is none; winectl
 * gives it one that nobody sees, and leaves its standard streams clean pipes.
 */
export function startPowerShell(
  prefix: string,
  args: readonly string[],
  { environment, directory }: PowerShellOptions = {},
): Promise<RunningPowerShell> {
  return startInWine(prefix, `${powerShellFolder}\\pwsh.exe`, args, {
    env: { ...powerShellEnvironment, ...environment },
    ...(directory !== undefined && { directory }),
  });
}
