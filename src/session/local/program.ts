import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { win32 } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemFolder } from './powershell-program.ts';

/** A program beside oriel, with pipes for its streams. */
export interface LocalProgram {
  readonly child: ChildProcessWithoutNullStreams;
  /** Done when it has ended and all that it wrote was read; how it ended, in words. Never rejects. */
  readonly ended: Promise<string>;
  /** Ends it with all that it started; nothing is done where it has ended. */
  readonly kill: () => void;
}

/** Milliseconds for the last output of a program that has ended. */
const outputGraceMs = 2_000;

/**
 * Starts a program that Ctrl-C does not reach, as that is for oriel to answer: on Windows with a console of its own that nobody sees
 * (CREATE_NO_WINDOW), elsewhere in a session of its own.
 */
export function startProgram(file: string, args: readonly string[]): LocalProgram {
  const onWindows = process.platform === 'win32';
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    detached: !onWindows,
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(`cannot be started: ${message}`));
    child.once('exit', (code, signal) => {
      const tell = (): void => resolve(describedEnd(code, signal));
      child.once('close', tell);
      // What it started and left behind may hold its output open.
      setTimeout(tell, outputGraceMs).unref();
    });
  });
  return { child, ended, kill: () => killTree(child) };
}

function describedEnd(code: number | null, signal: NodeJS.Signals | null): string {
  if (code === null) return `was ended by ${signal}`;
  // Codes of Windows such as 0xC0000005 are known by their digits of 16.
  return `ended with exit code ${code > 0x7fffffff ? `0x${code.toString(16).toUpperCase()}` : code}`;
}

/** By its number: a job object, which would end with oriel, is not to be had from Node. */
function killTree(child: ChildProcess): void {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  if (process.platform !== 'win32') {
    process.kill(-pid, 'SIGKILL');
    return;
  }
  const taskkill = win32.join(systemFolder(), 'taskkill.exe');
  const killer = spawn(taskkill, ['/T', '/F', '/PID', String(pid)], { stdio: 'ignore', windowsHide: true });
  killer.on('error', () => child.kill());
}

/** Whether that happens within so many ms; nothing is left waiting. */
export async function endsInTime(ended: Promise<unknown>, ms: number): Promise<boolean> {
  const over = new AbortController();
  const late = sleep(ms, false, { ref: false, signal: over.signal }).catch(() => false);
  const inTime = await Promise.race([ended.then(() => true), late]);
  over.abort();
  return inTime;
}
