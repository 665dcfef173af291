import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCommand, type Shell, shellOf } from '../../../src/sandbox/powershell/exec/command-line.ts';

interface Case {
  readonly shell: Shell;
  readonly command: string;
  /** Absent: the shell itself has to read it. */
  readonly words?: readonly string[];
}

const cases: readonly Case[] = JSON.parse(readFileSync('test/cases/sandbox/command-lines.json', 'utf8'));

describe('a command line', () => {
  it.each(cases)('for $shell: $command', ({ shell, command, words }) => {
    expect(readCommand(shell, command)).toEqual(words ? { kind: 'words', words } : { kind: 'shell' });
  });

  it('is of the shell that its program names', () => {
    const programs = [
      'C:\\windows\\system32\\CMD.EXE',
      'powershell',
      'C:\\Program Files\\Git\\bin\\bash.exe',
      'C:/x/pwsh.exe',
      'nu.exe',
    ];
    expect(programs.map(shellOf)).toEqual(['cmd', 'powershell', 'bash', 'powershell', 'other']);
  });
});
