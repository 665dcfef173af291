import { win32 } from 'node:path';
import type { ProgramResult, StandIn } from '../../node/backing.ts';
import { hostOf } from './host.ts';

const kind = 'folder';

/** What a program of Windows prints about names, clocks, tickets and volumes; undefined: the node runs it itself, or has it not. */
export function hostAnswer(node: StandIn, file: string, words: readonly string[]): ProgramResult | undefined {
  const name = win32
    .basename(file)
    .replace(/\.exe$/i, '')
    .toLowerCase();
  return attributeAnswer(node, name, words) ?? toldAnswer(node, name, words);
}

/** Attributes of a directory of a node, as Get-Item prints them. */
export function attributesOf({ backing: { memory } }: StandIn, path: string): string {
  return memory.get(kind, path) === 'compressed' ? 'Directory, Compressed' : 'Directory';
}

function toldAnswer(node: StandIn, name: string, words: readonly string[]): ProgramResult | undefined {
  // klist asks for a logon by its number; the model knows one.
  const line = [name, ...words].join(' ').toLowerCase().replace(' -li 0x3e7', '');
  if (line.startsWith('nltest /sc_verify')) return trusted(node);
  const found = hostOf(node).programs.find(({ command }) => line.startsWith(command.toLowerCase()));
  return found && answered(found.stdout, found.exitCode);
}

/** compact.exe of a folder, and fsutil.exe of a volume that was set. */
function attributeAnswer(
  { backing: { memory } }: StandIn,
  name: string,
  words: readonly string[],
): ProgramResult | undefined {
  if (name === 'compact') {
    const path = words.find((word) => !word.startsWith('/')) ?? '';
    const compress = words.some((word) => word.toUpperCase() === '/C');
    memory.set(kind, path, compress ? 'compressed' : undefined);
    return answered('1 directories');
  }
  const [subject = '', verb = '', volume = '', value] = words;
  if (name !== 'fsutil' || subject.toLowerCase() !== '8dot3name') return undefined;
  if (verb.toLowerCase() === 'set') {
    memory.set('short-names', volume, value);
    return answered('Successfully set 8dot3name behavior.');
  }
  const state = memory.get('short-names', volume);
  if (state === undefined) return undefined;
  return answered(
    `The volume state is: ${state} (8dot3 name creation is ${state === '1' ? 'DISABLED' : 'ENABLED'}).\r\nThe registry state is: 2 (Per volume setting - the default).\r\n`,
  );
}

function answered(stdout: string, exitCode = 0): ProgramResult {
  return { exitCode, stdout, stderr: '', timedOut: false };
}

/** nltest ends with 0 where the node and its domain trust each other. */
function trusted(node: StandIn): ProgramResult {
  const { secureChannel } = hostOf(node);
  const stdout = secureChannel ? 'Trust Verification Status = 0 0x0 NERR_Success\r\n' : '';
  return { exitCode: secureChannel ? 0 : 1, stdout, stderr: '', timedOut: false };
}
