import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { ResourceError } from '../errors.ts';

interface Owner {
  readonly pid: number;
  /** When the process began, in the kernel's own unit; tells a later process with the same id. Null where it cannot be known. */
  readonly began: string | null;
  readonly host: string;
  readonly verb: string;
  /** ISO 8601. */
  readonly since: string;
}

/**
 * Takes the lock file of a deployment and gives the function that gives it back. The lock of a process that is gone is taken
 * over. Throws ResourceError with the owner and the age when somebody holds it.
 */
export async function takeLock(path: string, deployment: string, verb: string): Promise<() => Promise<void>> {
  const mine = `${path}.${randomUUID()}`;
  const owner: Owner = {
    pid: process.pid,
    began: await beganAt(process.pid),
    host: hostname(),
    verb,
    since: new Date().toISOString(),
  };
  await writeFile(mine, JSON.stringify(owner), { mode: 0o600 });
  try {
    // A link appears whole or not at all, so nobody ever reads half an owner.
    while (!(await linked(mine, path))) {
      const held = await ownerOf(path);
      if (held && (await isAlive(held))) throw refusal(path, deployment, held);
      await moveAside(path, `${mine}.stale`, held);
    }
  } finally {
    await rm(mine, { force: true });
  }
  return () => rm(path, { force: true });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away a stale lock; if meanwhile another run had replaced it by its own, puts that one back. */
async function moveAside(path: string, aside: string, stale: Owner | undefined): Promise<void> {
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await ownerOf(aside);
  if (moved && JSON.stringify(moved) !== JSON.stringify(stale)) await linked(aside, path);
  await rm(aside, { force: true });
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A process of another machine (a shared folder) cannot be looked at, so it counts as alive. */
async function isAlive({ pid, began, host }: Owner): Promise<boolean> {
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

function refusal(path: string, deployment: string, { pid, host, verb, since }: Owner): ResourceError {
  const minutes = Math.max(0, Math.round((Date.now() - Date.parse(since)) / 60_000));
  const who = `oriel ${verb}, process ${pid} on ${host}`;
  return new ResourceError(
    deployment,
    'lock',
    `another run holds the deployment: ${who}, since ${since} (${minutes} min)`,
    `Wait for its end. If that process is gone for certain, delete ${path}`,
  );
}
