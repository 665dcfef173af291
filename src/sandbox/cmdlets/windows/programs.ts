import { win32 } from 'node:path';
import type { ProgramResult, StandIn } from '../../node/backing.ts';
import { hostOf } from './host.ts';

/** What a program of Windows prints about names, clocks and tickets; undefined: the node runs it itself, or has it not. */
export function hostAnswer(node: StandIn, file: string, words: readonly string[]): ProgramResult | undefined {
  const name = win32.basename(file).replace(/\.exe$/i, '');
  const line = [name, ...words].join(' ').toLowerCase();
  const found = hostOf(node).programs.find(({ command }) => line.startsWith(command.toLowerCase()));
  return found && { exitCode: found.exitCode, stdout: found.stdout, stderr: '', timedOut: false };
}
