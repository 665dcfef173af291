import type { Finding } from './finding.ts';
import type { OpenFailure } from './way.ts';

/** Lines of a node that a verdict shows. */
const shownLines = 3;

/** What AMSI makes of a script that a virus scanner refuses (ScriptContainedMaliciousContent), as far as it is not translated. */
const scannerWords = /malicious content|ScriptContainedMaliciousContent|antivirus/i;

/** Pure: why the account is let in, and no agent says hello. The same for every way to a node. */
export function shellVerdict({ error, printed }: OpenFailure): Finding {
  const [message = ''] = error.message.split('\n');
  const { reason } = error;
  const evidence = { kind: error.kind, reason: reason ?? null, printed: printed.slice(0, shownLines) };
  const words = printed.length > 0 ? `; it printed: ${printed.slice(0, shownLines).join(' | ')}` : '';
  const remedy = error.remedy === undefined ? {} : { remedy: error.remedy };
  if (printed.some((line) => scannerWords.test(line)))
    return { layer: 'shell', verdict: 'fail', message: `${message}${words}`, ...scanner, evidence };
  if (reason === 'language-mode')
    return { layer: 'powershell', verdict: 'fail', message, ...languageMode, ...remedy, evidence };
  if (reason === 'old-powershell')
    return { layer: 'powershell', verdict: 'fail', message, ...oldPowerShell, ...remedy, evidence };
  const known = reason === undefined ? ended : causes[reason];
  return { layer: 'shell', verdict: 'fail', message: `${message}${words}`, ...known, ...remedy, evidence };
}

const scanner = {
  cause: 'The virus scanner of the node refuses the agent as a script (AMSI).',
  remedy:
    'Have the owner of the scanner allow the scripts of oriel for this account. On the node, its log names the rule:',
  command: "Get-WinEvent -LogName 'Microsoft-Windows-Windows Defender/Operational' -MaxEvents 20",
};
const languageMode = {
  cause: 'A policy of the node holds PowerShell to a part of its language.',
  command: '$ExecutionContext.SessionState.LanguageMode',
};
const oldPowerShell = {
  cause: 'The node has no Windows Management Framework 3.0 or later.',
  command: '$PSVersionTable.PSVersion',
};
const causes = {
  'no-powershell': {
    cause:
      'The shell of the account has a PATH without PowerShell, or the default shell of OpenSSH is one that does not know Windows programs (bash of WSL).',
    command: 'Get-ItemProperty HKLM:\\SOFTWARE\\OpenSSH -Name DefaultShell',
  },
  'no-sign': {
    cause: 'The node is busy (updates, a virus scan), or its shell or a profile waits for something.',
    command: 'Get-Process | Sort-Object CPU -Descending | Select-Object -First 10',
  },
  'no-hello': {
    cause: 'PowerShell runs; the node is busy, or a virus scanner looks at the agent.',
    command: 'Get-Process | Sort-Object CPU -Descending | Select-Object -First 10',
  },
  ended: {
    cause:
      'The program that was started ended before the agent said hello: a quota of the shell, a policy, or no PowerShell.',
    command: 'powershell -NoProfile -Command $PSVersionTable',
  },
} as const;
const ended = {
  cause:
    'The program that was started ended before the agent said hello: a forced command, a policy, a shell that refuses, or no right to start programs.',
  remedy: 'Log in with another client and start `powershell` by hand: its words say more.',
  command: 'powershell -NoProfile -Command $PSVersionTable',
} as const;
