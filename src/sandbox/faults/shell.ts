import type { Writable } from 'node:stream';
import type { FaultName, FaultSwitches } from '../node/faults.ts';

/** What the shell of a node does in place of starting an agent. */
interface BrokenShell {
  readonly output?: string;
  readonly words?: string;
  /** Absent: it never ends. */
  readonly exitCode?: number;
}

const started = '{"event":"started"}\r\n';

const shells: Readonly<Partial<Record<FaultName, BrokenShell>>> = {
  'antivirus-blocks': {
    output: started,
    words:
      'At line:1 char:1\r\n+ function Get-AllowedCmdlet { @(...) }\r\nThis script contains malicious content and has been blocked by your antivirus software.\r\n',
    exitCode: 1,
  },
  'bash-is-shell': { words: 'bash: line 1: powershell: command not found\n', exitCode: 127 },
  'constrained-language': {
    output: '{"event":"refused","languageMode":"ConstrainedLanguage"}\r\n',
    exitCode: 3,
  },
  'no-powershell': {
    words:
      "'powershell' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
    exitCode: 1,
  },
  'old-powershell': { output: '{"event":"refused","powershell":"2.0"}\r\n', exitCode: 3 },
  'shell-hangs': {},
};

/** The streams of a program on a node that its client reads. */
interface Streams {
  readonly output: Writable;
  readonly words: Writable;
}

/**
 * What comes of a command line where a fault has broken the shell: its exit code, or a promise that is never kept. Undefined: the
 * command is started as usual; a profile may have printed before.
 */
export function brokenShell(
  { isOn }: FaultSwitches,
  { output, words }: Streams,
): Promise<number> | undefined {
  if (isOn('profile-prints')) output.write('Welcome to this server. Today is a good day.\r\n');
  const name = (Object.keys(shells) as FaultName[]).find(isOn);
  const shell = name && shells[name];
  if (!shell) return undefined;
  if (shell.output) output.write(shell.output);
  if (shell.words) words.write(shell.words);
  return shell.exitCode === undefined ? new Promise(() => {}) : Promise.resolve(shell.exitCode);
}
