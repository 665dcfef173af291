import { win32 } from 'node:path';
import type { ProgramResult, StandIn } from '../../node/backing.ts';
import { hostOf } from './host.ts';

/** What a program of Windows prints about names, clocks and tickets; undefined: the node runs it itself, or has it not. */
export function hostAnswer(node: StandIn, file: string, words: readonly string[]): ProgramResult | undefined {
  const name = win32.basename(file).replace(/\.exe$/i, '');
  // klist asks for a logon by its number; the model knows one.
  const line = [name, ...words].join(' ').toLowerCase().replace(' -li 0x3e7', '');
  if (line.startsWith('nltest /sc_verify')) return trusted(node);
  const found = hostOf(node).programs.find(({ command }) => line.startsWith(command.toLowerCase()));
  return found && { exitCode: found.exitCode, stdout: found.stdout, stderr: '', timedOut: false };
}

/** nltest ends with 0 where the node and its domain trust each other. */
function trusted(node: StandIn): ProgramResult {
  const { secureChannel } = hostOf(node);
  const stdout = secureChannel ? 'Trust Verification Status = 0 0x0 NERR_Success\r\n' : '';
  return { exitCode: secureChannel ? 0 : 1, stdout, stderr: '', timedOut: false };
}
