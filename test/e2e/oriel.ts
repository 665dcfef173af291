import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

const shipped = resolve('dist/oriel.cjs');

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the program as it is shipped, or another bundle of it. */
export function startOriel(args: readonly string[], cwd: string, program = shipped): ChildProcess {
  return spawn(process.execPath, [program, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs the program as it is shipped, or another bundle of it, to its end. */
export function runOriel(args: readonly string[], cwd: string, program = shipped): Promise<Ended> {
  return endOf(startOriel(args, cwd, program));
}

/** What a process that was just started says until it ends. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  const out = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => {
    out.stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    out.stderr += chunk;
  });
  const code = await new Promise<number>((done) => child.on('close', (exit) => done(exit ?? -1)));
  return { code, ...out };
}
