import { $ } from 'zx';
import { BuildError } from './errors.ts';

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
  /** Milliseconds; past it the process and its children are ended. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  /** Exit codes that are no failure; default only 0. */
  readonly accept?: readonly number[];
  readonly onLine?: (line: string) => void;
}

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program to its end. `args` reach it as they are: zx quotes each, no text of ours is read by a shell.
 * Throws BuildError with the end of stderr when the exit code is not accepted or the program cannot be found.
 */
export async function run(
  file: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  const { cwd, env, input, timeout, signal, accept = [0], onLine } = options;
  const shell = $({
    quiet: true,
    verbose: false,
    nothrow: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(cwd && { cwd }),
    env: { ...process.env, ...env },
    ...(input !== undefined && { input }),
    ...(timeout && { timeout }),
    ...(signal && { signal }),
  });
  const child = shell`${file} ${[...args]}`;
  if (onLine) for (const stream of [child.stdout, child.stderr]) forEachLine(stream, onLine);
  const started = Date.now();
  const { exitCode, stdout, stderr } = await child;
  const code = exitCode ?? 1;
  // The exit code does not tell: a shell whose child was ended first may well end with 0.
  if (timeout && Date.now() - started >= timeout)
    throw new BuildError(`${file} did not end within ${timeout / 1000} s and was ended`);
  if (!accept.includes(code)) {
    const tail = (stderr.trim() || stdout.trim()).split('\n').slice(-15).join('\n');
    throw new BuildError(`${file} ended with exit code ${code}:\n${tail}`);
  }
  return { exitCode: code, stdout, stderr };
}

function forEachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  stream.on('end', () => {
    if (rest) onLine(rest);
  });
}
