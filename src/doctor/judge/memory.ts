import type { Verdict } from '../../session/examine/finding.ts';
import type { Answer, Evidence, Quota } from './evidence.ts';

/** MB: the least that is worth while, and what WMF 4.0 and later begin with or exceed ("Quotas" in the documentation of WinRM). */
const enough = 1024;

const shellPath = 'WSMan:\\localhost\\Shell\\MaxMemoryPerShellMB';
const pluginPath = 'WSMan:\\localhost\\Plugin\\Microsoft.PowerShell\\Quotas\\MaxMemoryPerShellMB';

/** Pure: the memory that a shell of WinRM may have. WMF 3.0 shows a value and holds shells to a far lower one, unless its fix is there. */
export function memoryVerdict({ powershell, quotas }: Pick<Evidence, 'powershell' | 'quotas'>): Verdict {
  if (quotas === undefined) return { verdict: 'pass', message: 'no quota: only shells of WinRM have one' };
  const [shell, plugin] = [megabytes(quotas.shell), megabytes(quotas.plugin)];
  const evidence = { shellMB: shell ?? null, pluginMB: plugin ?? null };
  const message = `a shell may have ${shown(shell)}, one of the plug-in ${shown(plugin)}`;
  const low = [shell, plugin].some((quota) => quota !== undefined && quota < enough);
  if (powershell !== '3.0' && !low) return { verdict: 'pass', message, evidence };
  return {
    verdict: 'warn',
    message,
    cause: `${low ? `The quota is below ${enough} MB` : 'Windows Management Framework 3.0 ignores a quota above 300 MB or so without its fix (KB2842230)'}: installers and Python may end for want of memory.`,
    remedy: `Raise both quotas and restart WinRM; on WMF 3.0 install WMF 5.1, or KB2842230 first. The other one is ${pluginPath}.`,
    command: `Set-Item ${shellPath} 2048; Set-Item ${pluginPath} 2048; Restart-Service WinRM`,
    evidence,
  };
}

function megabytes(answer: Answer<readonly Quota[]>): number | undefined {
  const value = answer instanceof Error ? undefined : Number(answer[0]?.Value);
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** 2147483647: no bound. */
function shown(quota: number | undefined): string {
  if (quota === undefined) return 'memory that the node does not tell';
  return quota >= 2 ** 31 - 1 ? 'all memory' : `${quota} MB`;
}
