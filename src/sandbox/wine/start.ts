import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { noteOf, winectl } from './control.ts';
import { wineCommand, wineEnvironment } from './wine.ts';

/** A Windows program that runs. */
export interface WineProgram {
  /** winectl, which holds the program in a job of Windows: ended with SIGKILL it takes it along, and all that it started. */
  readonly child: ChildProcess;
  readonly input: Writable;
  readonly output: Readable;
  /** What it writes to its standard error. */
  readonly words: Readable;
  /** All 32 bits; -1 when it was ended. Rejected with BuildError when it cannot be started. */
  readonly exitCode: Promise<number>;
}

export interface WineProgramOptions {
  /** Added to the environment of the prefix. */
  readonly env?: Readonly<Record<string, string>>;
  /** Windows path. */
  readonly directory?: string;
}

/**
 * Starts a Windows program in a prefix, with a console that nobody sees and pipes for its streams. `file` is found as CreateProcess
 * finds it; each argument reaches it as it is. It ends with `child`, and `child` with it.
 */
export function startInWine(
  prefix: string,
  file: string,
  args: readonly string[],
  options: WineProgramOptions = {},
): Promise<WineProgram> {
  return start(prefix, 'run', [file, ...args], options);
}

/** The same for a whole command line, which the program reads as it likes: cmd.exe has rules of its own for quotation marks. */
export function startLineInWine(
  prefix: string,
  line: string,
  options: WineProgramOptions = {},
): Promise<WineProgram> {
  return start(prefix, 'line', [line], options);
}

async function start(
  prefix: string,
  verb: 'run' | 'line',
  command: readonly string[],
  { env, directory = '-' }: WineProgramOptions,
): Promise<WineProgram> {
  const note = `run-${randomUUID()}.json`;
  const [loader, ...before] = await wineCommand();
  const rest = [winectl, verb, `C:\\windows\\temp\\${note}`, directory, '0', ...command];
  const child = spawn(loader, [...before, ...rest], {
    cwd: join(prefix, 'drive_c'),
    env: { ...wineEnvironment(prefix), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => {}); // it may end without reading
  const exitCode = endOf(child, join(prefix, 'drive_c/windows/temp', note), command[0] ?? '');
  exitCode.catch(() => {}); // for whoever does not ask
  return { child, input: child.stdin, output: child.stdout, words: child.stderr, exitCode };
}

async function endOf(child: ChildProcess, note: string, file: string): Promise<number> {
  try {
    const killed = await new Promise<boolean>((done, fail) => {
      child.once('error', fail);
      child.once('exit', (_code, signal) => done(signal !== null));
    });
    return killed ? -1 : noteOf(note, file).exitCode;
  } finally {
    rmSync(note, { force: true });
  }
}
