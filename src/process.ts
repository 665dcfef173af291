import type { SpawnOptions } from 'node:child_process';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Options, ProcessPromise } from 'zx/core';
import { BuildError } from './errors.ts';
import { isKnownSecret, masked } from './secret.ts';

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** It is one that the user names, who may count on all variables: it also gets those that hold secrets of the site. */
  readonly ofUser?: true;
  readonly input?: string | Buffer;
  /** Milliseconds; past it the process and its children are ended. */
  readonly timeout?: number;
  /** Aborted: they are ended. */
  readonly signal?: AbortSignal;
  /** Bytes of each stream; past them the program and its children are ended. Default: 16 MiB. */
  readonly maxBytes?: number;
  /** Exit codes that are no failure; default only 0. */
  readonly accept?: readonly number[];
  readonly onLine?: (line: string) => void;
}

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bytes of each stream that a program may print where nobody says otherwise. */
const maxOutput = 16 * 1024 * 1024;
/** Characters of what a program printed that an error has. */
const maxTail = 4_000;
/** Milliseconds for a program to end when it is asked to, and for its output to end when it has. */
const graceMs = 2_000;

/**
 * Runs a program to its end. `args` reach it as they are: zx quotes each, no text of ours is read by a shell. A child that outlives
 * it and holds its output open is not waited for. Throws BuildError with the end of stderr when the exit code is not accepted,
 * and where the program cannot be found, takes too long or prints too much. Variables that hold secrets of the site do not reach it.
 */
export async function run(
  file: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  const { cwd, env, input, accept = [0], onLine, ofUser } = options;
  // A fifth of the time that a verb takes to start, and most verbs run no program.
  const { $ } = await import('zx/core');
  const shell = $({
    quiet: true,
    verbose: false,
    nothrow: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(cwd && { cwd }),
    env: { ...(ofUser ? process.env : withoutSecrets()), ...env },
    ...(input !== undefined && { input }),
    ...(process.platform === 'win32' && (await withoutShell(file, args))),
  });
  const started = shell`${file} ${[...args]}`;
  if (onLine) for (const stream of [started.stdout, started.stderr]) forEachLine(stream, onLine);
  const bounds = bounded(started, options);
  const { exitCode, stdout, stderr } = await started.finally(bounds.release);
  const code = exitCode ?? 1;
  // The exit code does not tell: a shell whose child was ended first may well end with 0.
  const reason = bounds.endedFor();
  if (reason !== undefined) throw new BuildError(`${file} ${reason}`);
  if (!accept.includes(code)) {
    // Some say what failed on standard output, and only how it is coloured on the other one (Maven).
    const said = [stderr, stdout].map((text) => stripVTControlCharacters(text).trim());
    const tail = (said[0] || said[1] || '').split('\n').slice(-15).join('\n');
    throw new BuildError(`${file} ended with exit code ${code}:\n${masked(tail).slice(-maxTail)}`);
  }
  return { exitCode: code, stdout, stderr };
}

/**
 * Options of zx for Windows, where there may be no shell that it knows how to quote for: the program is started as it is, and one in a
 * `.cmd` or `.bat` by cmd.exe, for which cross-spawn quotes.
 */
async function withoutShell(file: string, args: readonly string[]): Promise<Partial<Options>> {
  const { default: crossSpawn } = await import('cross-spawn');
  const spawn = (_line: string, _none: readonly string[], options: SpawnOptions) =>
    crossSpawn(file, args, { ...options, shell: false, windowsHide: true });
  return { shell: true, quote: String, spawn: spawn as Options['spawn'] };
}

/** Ends a program past its time, its output or the caller's signal. `endedFor` says which it was, if any. */
function bounded(
  started: ProcessPromise,
  { timeout, signal, maxBytes = maxOutput }: ProcessOptions,
): { readonly release: () => void; readonly endedFor: () => string | undefined } {
  const streams = [started.stdout, started.stderr];
  const letGo = (): void => {
    for (const stream of streams) stream.destroy();
  };
  let reason: string | undefined;
  let hard: NodeJS.Timeout | undefined;
  const end = (why: string): void => {
    if (hard) return;
    reason = why;
    const kill = (name: NodeJS.Signals): Promise<void> => stopTree(started, name);
    void kill('SIGTERM');
    hard = setTimeout(() => void kill('SIGKILL').finally(letGo), graceMs);
  };
  const late =
    timeout && setTimeout(() => end(`did not end within ${timeout / 1000} s and was ended`), timeout);
  const abort = (): void => end('was interrupted');
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  for (const stream of streams) {
    let left = maxBytes;
    stream.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) end(`printed more than ${maxBytes} bytes and was ended`);
    });
  }
  const stopWatching = onSilenceAfterExit(started, streams, letGo);
  return {
    release() {
      clearTimeout(hard);
      clearTimeout(late);
      stopWatching();
      signal?.removeEventListener('abort', abort);
    },
    endedFor: () => reason,
  };
}

/** A program that has just ended on its own cannot be stopped any more. */
async function stopTree(started: ProcessPromise, signal: NodeJS.Signals): Promise<void> {
  try {
    await started.kill(signal);
  } catch {
    // zx throws where there is no process (any longer); there is nothing to do about it.
  }
}

/** Calls `letGo` when a program has ended and nothing came for a while: then another one holds its output open. */
function onSilenceAfterExit(
  started: ProcessPromise,
  streams: readonly Readable[],
  letGo: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let came = 0;
  const wait = (): void => {
    const before = came;
    // What is there already is read first, however long this program was busy with other things.
    timer = setTimeout(() => setImmediate(() => (came === before ? letGo() : wait())), graceMs);
  };
  for (const stream of streams)
    stream.on('data', () => {
      came += 1;
    });
  started.child?.once('exit', wait);
  return () => {
    started.child?.off('exit', wait);
    clearTimeout(timer);
  };
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

/** The environment without what secrets were taken from. */
function withoutSecrets(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([, value]) => value === undefined || !isKnownSecret(value)),
  );
}
