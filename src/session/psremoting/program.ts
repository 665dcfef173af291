import { win32 } from 'node:path';
import type { NodeOf } from '../../site/deployment.ts';
import { onPath, systemFolder } from '../local/powershell-program.ts';

/**
 * The PowerShell of this machine that opens the session: the one that the site names; else for WinRM the one that is part of Windows, and
 * for SSH PowerShell 7 (`pwsh`), as Windows PowerShell knows no SSH.
 */
export function relayProgram(
  { over, powershell }: Pick<NodeOf<'psremoting'>, 'over' | 'powershell'>,
  { platform = process.platform as string, env = process.env } = {},
): string {
  if (powershell !== undefined) return powershell;
  if (platform !== 'win32') return 'pwsh';
  if (over === 'winrm') return win32.join(systemFolder(env), 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  // By its whole path: Windows looks for a bare name in the current folder first.
  return onPath('pwsh.exe', env) ?? 'C:\\Program Files\\PowerShell\\7\\pwsh.exe';
}
