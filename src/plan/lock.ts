import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { ResourceError } from '../errors.ts';
import { describeOwner, isAlive, type Owner, ourselves } from './lock-owner.ts';

/**
 * Takes the lock file of a deployment and gives the function that gives it back. The lock of a process that is gone is taken
 * over. Throws ResourceError with the owner and the age when somebody holds it.
 */
export async function takeLock(path: string, deployment: string, verb: string): Promise<() => Promise<void>> {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(await ourselves(verb)), { mode: 0o600 });
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

function refusal(path: string, deployment: string, owner: Owner): ResourceError {
  return new ResourceError(
    deployment,
    'lock',
    `another run holds the deployment: ${describeOwner(owner)}`,
    `Wait for its end. If that process is gone for certain, delete ${path}`,
  );
}
