import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError } from '../../errors.ts';
import { processorTime } from '../node/processes.ts';
import { whileItLives } from '../signs-of-life.ts';
import { requireWine, runQuietly, wineCommand, wineEnvironment, wineserverOf } from './wine.ts';

/** A prefix that is up. */
export interface BootedPrefix {
  readonly prefix: string;
  /** Ends everything in it; done when nothing of it runs. */
  readonly stop: () => Promise<void>;
}

/** `keep` holds the prefix up until the pipe on standard input closes; then everything in it is ended. */
const watcher = `server=$1; shift; "$@" 'C:\\windows\\system32\\winectl.exe' keep >boot.log 2>&1; "$server" -k`;

/**
 * Starts the prefix's services (those that start by themselves) and holds it up as long as this process lives: the watcher in
 * between reads a pipe of which only this process has the other end, so that SIGKILL ends the prefix as well. No output of
 * anything inside reaches a pipe of ours. Throws BuildError when Wine does not come up, and does nothing for it for a minute.
 */
export async function bootPrefix(prefix: string): Promise<BootedPrefix> {
  const server = wineserverOf(await requireWine());
  const command = await wineCommand();
  const log = join(prefix, 'boot.log');
  rmSync(log, { force: true });
  const child = spawn('sh', ['-c', watcher, 'sh', server, ...command], {
    env: wineEnvironment(prefix),
    cwd: prefix,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const exited = new Promise<void>((done) => child.on('exit', () => done()));
  const stop = async () => {
    child.ref();
    child.stdin.destroy();
    await Promise.race([exited, sleep(10_000, undefined, { ref: false })]);
    await stopPrefix(prefix);
  };
  child.stdin.on('error', () => {});
  const isUp = await whileItLives({
    done: () => upAccordingTo(log),
    over: () => child.exitCode !== null,
    signs: () => processorTime(processesOf(prefix)),
    silenceMs: 60_000,
    pauseMs: 50,
  });
  if (!isUp) {
    await stop();
    throw new BuildError(
      `Wine does not come up in ${prefix}: ${existsSync(log) ? readFileSync(log, 'utf8').slice(-500) : 'no output'}`,
    );
  }
  child.unref();
  return { prefix, stop };
}

function upAccordingTo(log: string): boolean {
  return existsSync(log) && readFileSync(log, 'utf8').includes('"kept"');
}

/** Milliseconds for processes to go that were killed, on a machine that has a lot else to do. */
const timeoutMs = 60_000;

/** Ends the Wine server of a prefix and with it every program in it; done when none is left. */
export async function stopPrefix(prefix: string): Promise<void> {
  if (processesOf(prefix).length > 0) await runQuietly([wineserverOf(await requireWine()), '-k'], prefix);
  for (let waited = 0; ; waited += 50) {
    const left = processesOf(prefix);
    if (left.length === 0) return;
    // A program that computes does not notice that its server is gone.
    if (waited >= 3000) for (const pid of left) endProcess(pid);
    if (waited >= timeoutMs) throw new BuildError(`processes ${left.join(', ')} of ${prefix} do not end`);
    await sleep(50);
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}

/** Host process ids of everything that runs with this prefix (also its server and watcher), found in /proc. */
export function processesOf(prefix: string): number[] {
  const mark = `WINEPREFIX=${resolve(prefix)}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(mark))
    .map(Number);
}

/** Command lines of the same, as Wine shows them: `C:\\folder\\program.exe` and its arguments. */
export function commandsOf(prefix: string): string[] {
  return processesOf(prefix).map((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  });
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
