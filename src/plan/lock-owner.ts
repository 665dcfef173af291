import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who holds a lock. */
export interface Owner {
  readonly pid: number;
  /** When the process began, in the kernel's own unit; tells a later process with the same id. Null where it cannot be known. */
  readonly began: string | null;
  readonly host: string;
  readonly verb: string;
  /** ISO 8601. */
  readonly since: string;
}

/** This process as the owner of a lock. */
export async function ourselves(verb: string): Promise<Owner> {
  const began = await beganAt(process.pid);
  return { pid: process.pid, began, host: hostname(), verb, since: new Date().toISOString() };
}

/** `oriel apply, process 7 on desk, since 2026-01-02T03:04:05.000Z (12 min)`. */
export function describeOwner({ pid, host, verb, since }: Owner): string {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 60_000));
  return `oriel ${verb}, process ${pid} on ${host}, since ${since} (${minutes} min)`;
}

/** A process of another machine (a shared folder) cannot be looked at, so it counts as alive. */
export async function isAlive({ pid, began, host }: Owner): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const now = await beganAt(pid);
  return began === null || now === null || now === began;
}

/** Field 22 of /proc/PID/stat: start time in clock ticks since boot (proc(5)); the name in field 2 may hold anything. */
async function beganAt(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
