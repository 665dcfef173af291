import { existsSync } from 'node:fs';
import { win32 } from 'node:path';
import { SessionError } from '../../errors.ts';
import type { NodeOf } from '../../site/deployment.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The program that runs the agent beside oriel: the one that the site names, else Windows PowerShell, else `pwsh` from the PATH. By its
 * whole path, as Windows looks for a bare name in the current folder first. Throws SessionError where this machine is no Windows and
 * the site names none.
 */
export function powerShellProgram(
  { name, powershell }: Pick<NodeOf<'local'>, 'name' | 'powershell'>,
  { platform = process.platform as string, env = process.env as Environment } = {},
): string {
  if (powershell !== undefined) return powershell;
  if (platform !== 'win32')
    throw new SessionError(
      name,
      'unreachable',
      '`via: local` is the Windows machine that runs oriel, and this one is not',
      'Run oriel on the node itself, or reach the node from here with `via: ssh`.',
    );
  const system = systemFolder(env);
  const own = win32.join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  return existsSync(own) ? own : (onPath('pwsh.exe', env) ?? own);
}

/** Where the programs of Windows are; a program of 32 bits finds those of 64 bits under another name (WOW64, "File System Redirector"). */
export function systemFolder(env: Environment = process.env): string {
  const folder = env.PROCESSOR_ARCHITEW6432 ? 'Sysnative' : 'System32';
  return win32.join(env.SystemRoot ?? 'C:\\Windows', folder);
}

export function onPath(file: string, env: Environment): string | undefined {
  const folders = (env.Path ?? env.PATH ?? '')
    .split(win32.delimiter)
    .filter((each) => win32.isAbsolute(each));
  return folders.map((each) => win32.join(each, file)).find((each) => existsSync(each));
}
