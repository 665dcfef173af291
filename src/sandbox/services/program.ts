import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import { processesInGroup, processorTime } from '../node/processes.ts';
import { whileItLives } from '../signs-of-life.ts';

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

export interface RunningProgram {
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

/** Milliseconds for which a program that does not answer yet may neither compute nor log. */
const silenceMs = 120_000;

/**
 * Starts a program that ends with this process, however this one ends: a watcher reads a pipe of which only this process has
 * the other end. Nothing of it writes to a pipe of ours. Throws BuildError with the end of its log when it ends before it answers.
 */
export async function startProgram(request: ProgramRequest): Promise<RunningProgram> {
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
  const group = child.pid ?? 0;
  const answered = await whileItLives({
    done: request.answers,
    over: () => child.exitCode !== null,
    signs: () => `${lengthOf(log)} ${processorTime(processesInGroup(group))}`,
    silenceMs,
    pauseMs: 100,
  });
  if (!answered) {
    await stop();
    throw new BuildError(`${name} does not answer:\n${endOf(log)}`, `Its log is ${log}`);
  }
  child.unref();
  (child.stdin as Socket).unref();
  return { pid: Number(readFileSync(pid, 'utf8')), stop };
}

function lengthOf(log: string): number {
  return statSync(log, { throwIfNoEntry: false })?.size ?? 0;
}

function endOf(log: string): string {
  try {
    return readFileSync(log, 'utf8').trim().split('\n').slice(-10).join('\n');
  } catch {
    return 'it left no log';
  }
}
