import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TreeProcess } from './process-tree.ts';

/** A process that cannot be mistaken for another one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks between boot and its start (proc(5), stat, field 22). */
  readonly started: string;
}

/** The environment variable by which everything that belongs to a sandbox is found again. */
export const mark = 'ORIEL_SANDBOX';

export function processIdentityOf(pid: number): ProcessIdentity | undefined {
  const stat = statOf(pid);
  return stat && { pid, started: stat.fields[19] ?? '' };
}

/**
 * Clock ticks that processes have had of the processors, with what children had that ended before them (proc(5), stat, fields 14 to
 * 17): it grows while they work, however slowly, and stands still while they wait.
 */
export function processorTime(pids: readonly number[]): number {
  const ticks = pids.flatMap((pid) => statOf(pid)?.fields.slice(11, 15) ?? []);
  return ticks.reduce((sum, each) => sum + Number(each), 0);
}

/** Numbers of the processes of a group, which a child started with `detached` leads. */
export function processesInGroup(group: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(Number(name))?.fields[2] === String(group))
    .map(Number);
}

/** Everything that runs on this machine. */
export function hostProcesses(): readonly TreeProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(Number(name));
      return stat ? [{ pid: Number(name), parent: Number(stat.fields[1]), name: stat.name }] : [];
    });
}

/** What /proc says of a process: its name, and the fields behind it from `state` on. Undefined for one that is gone, and for a zombie. */
function statOf(pid: number): { readonly name: string; readonly fields: readonly string[] } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold blanks and brackets itself.
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { name: stat.slice(stat.indexOf('(') + 1, end), fields };
  } catch {
    return undefined;
  }
}

export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return processIdentityOf(pid)?.started === started;
}

/** Waits until a process is gone, at most `ms`; says whether it is. */
export async function waitForEnd(process: ProcessIdentity, ms: number): Promise<boolean> {
  for (const deadline = Date.now() + ms; isRunning(process); await sleep(50))
    if (Date.now() > deadline) return false;
  return true;
}

/** Numbers of the processes that were started with the mark of a sandbox. */
export function processesMarked(id: string): readonly number[] {
  return processesWith(mark, id);
}

/** Numbers of the processes that were started with this value of a variable of the environment. */
export function processesWith(variable: string, value: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`${variable}=${value}`))
    .map(Number);
}

export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
}

/** Empty for one that is gone, a zombie, or somebody else's. */
function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
