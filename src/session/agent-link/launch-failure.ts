import type { LaunchReason } from '../../errors.ts';
import { textOf } from '../foreign-text.ts';
import type { Message } from './message.ts';

/** Why no agent runs, in a sentence, and what to do about it. */
export interface LaunchFailure {
  readonly reason: LaunchReason;
  readonly message: string;
  readonly remedy: string;
}

/** What shells end with where there is no such command: sh, and cmd.exe in a batch. */
const notFoundCodes: readonly number[] = [127, 9009];
/** A shell that knows no command quotes it, in whatever language: cmd.exe, PowerShell, sh. */
const notFoundWords =
  /["'\u00ab\u2018\u201e\u201c]powershell["'\u00bb\u2019\u201d\u201c]|powershell: (?:command )?not found/i;

/** Whether the shell of the account ended because it finds no PowerShell. `words`: what it printed. */
export function findsNoPowerShell(exitCode: number | undefined, words: readonly string[]): boolean {
  if (exitCode === undefined || exitCode === 0) return false;
  return notFoundCodes.includes(exitCode) || words.some((line) => notFoundWords.test(line));
}

/** The shell of the account finds no PowerShell. `path`: the PATH that it says it has. */
export function noPowerShell(path: string | undefined): LaunchFailure {
  return {
    reason: 'no-powershell',
    message: `the shell of this account finds no powershell${path ? `; its PATH is ${path}` : ''}`,
    remedy:
      'Add C:\\Windows\\System32\\WindowsPowerShell\\v1.0 to the PATH of the machine and restart the SSH server (sshd), or make cmd.exe the default shell of OpenSSH.',
  };
}

/** The program of the launch line came to its end, and no agent said hello; whatever its exit code is. */
export function didNotStart(exitCode: number | undefined): LaunchFailure {
  const code = exitCode === undefined ? 'without an exit code' : `with exit code ${exitCode}`;
  return {
    reason: 'ended',
    message: `the agent did not start: its program ended ${code}`,
    remedy:
      'On the node, with this account: does `powershell -NoProfile -Command $PSVersionTable` print its version? A limit of the shell (MaxMemoryPerShellMB) may end it as well.',
  };
}

/** What the bootstrap said in place of the agent. */
export function refusal({ languageMode: mode, powershell }: Message): LaunchFailure {
  return powershell === undefined
    ? languageMode(textOf(mode, 100) ?? '')
    : oldPowerShell(textOf(powershell, 100) ?? '');
}

/** A policy of the node lets PowerShell have only a part of its language. */
function languageMode(mode: string): LaunchFailure {
  return {
    reason: 'language-mode',
    message: `PowerShell runs in ${mode} there (AppLocker, App Control or __PSLockdownPolicy), and the agent needs FullLanguage`,
    remedy:
      'An administrator of the node can allow it: a script rule of AppLocker that lets this account run all scripts, option 11 (Disabled:Script Enforcement) in the policy of App Control, or the variable __PSLockdownPolicy removed from the machine.',
  };
}

/** The node has a PowerShell from before 3.0. */
function oldPowerShell(version: string): LaunchFailure {
  return {
    reason: 'old-powershell',
    message: `the node has PowerShell ${version || '1.0'}, and the agent needs 3.0 or later`,
    remedy:
      'Install Windows Management Framework 5.1 on the node (KB3191566), or 4.0 at least, and restart it.',
  };
}

/** The time for the start is over. `started`: PowerShell has given its sign. */
export function late(started: boolean, ms: number): LaunchFailure {
  const seconds = `${ms / 1000} s`;
  const longer = 'set start_timeout of the node to a longer time in the site file';
  if (started)
    return {
      reason: 'no-hello',
      message: `PowerShell runs there, but the agent did not say hello within ${seconds}`,
      remedy: `The node may be busy, or a virus scanner looks at the agent: ${longer}.`,
    };
  return {
    reason: 'no-sign',
    message: `the link is alive, but PowerShell gave no sign of life within ${seconds}`,
    remedy: `The node may be busy, or its shell waits for something: ${longer}. Is PowerShell 3.0 or later installed there?`,
  };
}
