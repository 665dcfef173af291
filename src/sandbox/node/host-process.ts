import { type ChildProcess, spawn } from 'node:child_process';
import { lineCutter } from '../../session/agent-link/lines.ts';
import type { ProgramOptions, ProgramResult } from './backing.ts';

export interface HostCommand {
  readonly file: string;
  readonly arguments: readonly string[];
  readonly directory?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** How long output of a child of an ended program is waited for, ms (docs/reference/nodes/agent-protocol.md). */
const outputGrace = 2000;

/** Runs a program of this machine in a process group of its own, which ends with it, with its time and with the signal. */
export async function runOnHost(command: HostCommand, options: ProgramOptions): Promise<ProgramResult> {
  const { input, timeout, signal, onLine } = options;
  const child = spawn(command.file, command.arguments, {
    cwd: command.directory,
    env: command.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let timedOut = false;
  const end = (): void => endGroup(child);
  const expire = (): void => {
    timedOut = true;
    end();
  };
  const timer = timeout > 0 ? setTimeout(expire, timeout) : undefined;
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  child.stdin.on('error', () => {}); // the program may end without reading
  child.stdin.end(input ?? '');
  const [stdout, stderr] = [collect(child.stdout, onLine), collect(child.stderr, onLine)];
  try {
    const code = await ended(child);
    end();
    return { exitCode: timedOut ? -1 : code, stdout: stdout(), stderr: stderr(), timedOut };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** Ends a child that was started with `detached`, and its process group. */
export function endGroup(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // It was faster.
  }
}

function collect(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): () => string {
  const chunks: Buffer[] = [];
  const cut = onLine && lineCutter(onLine, () => {});
  stream.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    cut?.(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
    child.on('exit', (code) => setTimeout(() => resolve(code ?? 1), outputGrace).unref());
  });
}
