import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError } from '../../errors.ts';

export interface ProgramRequest {
  /** Names its log and pid file. */
  readonly name: string;
  /** Absolute; gets NAME.log and NAME.pid. */
  readonly directory: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it answers by now. */
  readonly answers: () => Promise<boolean>;
}

export interface Program {
  readonly pid: number;
  /** Ends it, gently for ten seconds; done when it has ended. */
  readonly stop: () => Promise<void>;
}

/**
 * Holds a program ("$3"...) with its output in "$1" and its pid in "$2" until it ends or the pipe on standard input closes. The
 * guard reads with a builtin, so that nothing of it is left when the program ends first.
 */
const watcher = `
log=$1; pid=$2; shift 2
exec 3<&0
"$@" </dev/null >>"$log" 2>&1 3<&- &
child=$!
{
  read -r _ <&3
  kill "$child"
  round=0
  while kill -0 "$child" && [ "$round" -lt 100 ]; do sleep 0.1; round=$((round + 1)); done
  kill -9 "$child"
} 2>/dev/null &
guard=$!
echo "$child" >"$pid"
wait "$child"
kill "$guard" 2>/dev/null
rm -f "$pid"`;

/** Seconds until a program has to answer; the slowest, Keystone, takes about ten on a busy machine with two cores. */
const patience = 120;

/**
 * Starts a program that ends with this process, however this one ends: a watcher reads a pipe of which only this process has
 * the other end. Nothing of it writes to a pipe of ours. Throws BuildError with the end of its log when it ends before it answers.
 */
export async function startProgram(request: ProgramRequest): Promise<Program> {
  const { name, directory, file, args, env } = request;
  mkdirSync(directory, { recursive: true });
  const [log, pid] = [join(directory, `${name}.log`), join(directory, `${name}.pid`)];
  const child = spawn('sh', ['-c', watcher, 'sh', log, pid, file, ...args], {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const stop = async (): Promise<void> => {
    child.ref();
    child.stdin.destroy();
    await ended;
  };
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  for (let waited = 0; !(await request.answers()); waited += 0.1) {
    if (child.exitCode === null && waited < patience) {
      await sleep(100);
      continue;
    }
    await stop();
    throw new BuildError(`${name} does not answer:\n${endOf(log)}`, `Its log is ${log}`);
  }
  child.unref();
  (child.stdin as Socket).unref();
  return { pid: Number(readFileSync(pid, 'utf8')), stop };
}

function endOf(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-10).join('\n');
  } catch {
    return 'it left no log';
  }
}
