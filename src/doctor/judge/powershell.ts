import type { Verdict } from '../../session/examine/finding.ts';
import type { Answer, Evidence } from './evidence.ts';

/** Pure: the PowerShell that runs the agent. The agent does not run in another language mode than FullLanguage. */
export function powershellVerdict({ powershell }: Pick<Evidence, 'powershell'>): Verdict {
  const evidence = { powershell, languageMode: 'FullLanguage' };
  const message =
    powershell === '0.0' ? 'the stand-in of the sandbox' : `PowerShell ${powershell}, FullLanguage`;
  if (powershell !== '3.0') return { verdict: 'pass', message, evidence };
  return {
    verdict: 'warn',
    message,
    cause:
      'Windows Management Framework 3.0 is the oldest that the agent runs on; it has known errors (memory of WinRM shells, CIM).',
    remedy: 'Install Windows Management Framework 5.1 (KB3191566) when the node can be restarted.',
    command: '$PSVersionTable.PSVersion',
    evidence,
  };
}

/** Lines of a profile that are shown. */
const shownLines = 3;

/** Pure: whether the node prints words of its own into a session. */
export function profileVerdict({
  printed,
  defaultShell,
}: Pick<Evidence, 'printed' | 'defaultShell'>): Verdict {
  const shell = textIn(defaultShell);
  const evidence = { printed, defaultShell: shell ?? null };
  const where = shell === undefined ? '' : ` (default shell ${shell})`;
  if (printed.length === 0)
    return { verdict: 'pass', message: `the session begins without other words${where}`, evidence };
  return {
    verdict: 'warn',
    message: `the node prints ${printed.length} lines of its own${where}: ${printed.slice(0, shownLines).join(' | ')}`,
    cause:
      'A profile of PowerShell, an AutoRun command of cmd.exe or a banner writes to each session; a line within a file transfer would break it.',
    remedy:
      'Let the profile print in interactive sessions alone, or make cmd.exe the default shell of OpenSSH. On the node, these files may print:',
    command: '$PROFILE.AllUsersAllHosts, $PROFILE.CurrentUserAllHosts | Where-Object { Test-Path $_ }',
    evidence,
  };
}

/** Pure: whether files go a way of their own. */
export function filesVerdict({ files }: Pick<Evidence, 'files'>): Verdict {
  if (files === undefined) return { verdict: 'pass', message: 'files go through the agent' };
  if (files === true) return { verdict: 'pass', message: 'SFTP answers' };
  return {
    verdict: 'fail',
    message: files.message,
    cause:
      'sshd_config names no sftp subsystem, its program is missing, or the default shell prints words into it.',
    remedy:
      'Add `Subsystem sftp sftp-server.exe` to C:\\ProgramData\\ssh\\sshd_config on the node and restart sshd.',
    command: 'Select-String -Path C:\\ProgramData\\ssh\\sshd_config -Pattern Subsystem',
  };
}

/** Policies that refuse scripts without a signature that is trusted. */
const strict: readonly string[] = ['AllSigned', 'Restricted'];

/** Pure: what policies of the domain say of scripts. They do not hold the agent, which is no file. */
export function policyVerdict({
  machinePolicy,
  userPolicy,
}: Pick<Evidence, 'machinePolicy' | 'userPolicy'>): Verdict {
  const [machine, user] = [textIn(machinePolicy), textIn(userPolicy)];
  const policy = machine ?? user;
  const evidence = { machine: machine ?? null, user: user ?? null };
  if (policy === undefined || !strict.includes(policy))
    return { verdict: 'pass', message: policy ?? 'no policy of the domain', evidence };
  return {
    verdict: 'warn',
    message: `a group policy sets the execution policy ${policy}`,
    cause:
      'The agent is no script file and runs all the same. Script files without a trusted signature do not: those of `plan --format ps1` and `node prepare`.',
    remedy: 'Nothing, unless such a file is to run there: then sign it, or have the policy changed.',
    command: 'Get-ExecutionPolicy -List',
    evidence,
  };
}

function textIn(answer: Answer<{ readonly value?: unknown }>): string | undefined {
  return !(answer instanceof Error) && typeof answer.value === 'string' && answer.value !== ''
    ? answer.value
    : undefined;
}
