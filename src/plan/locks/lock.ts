import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { LockError } from '../../errors.ts';
import { fileError, replaceFile } from '../../replace-file.ts';
import { type BreakLock, describeOwner, isAlive, type Owner, ourselves, parseOwner } from './lock-owner.ts';

/**
 * Takes the lock file of a deployment and gives the function that gives it back. The lock of a process that is gone is taken
 * over, another one where `breakLock` says so. The function does its work at once, as a program that exits has no time to wait. Throws
 * LockError with the owner and the age when somebody holds it.
 */
export async function takeLock(
  path: string,
  deployment: string,
  verb: string,
  breakLock?: BreakLock,
): Promise<() => void> {
  const mine = `${path}.${randomUUID()}`;
  try {
    await writeFile(mine, JSON.stringify(await ourselves(verb)), { mode: 0o600 });
    // A link appears whole or not at all, so nobody ever reads half an owner.
    while (!(await linked(mine, path))) {
      const held = await ownerOf(path);
      if (held && (await isAlive(held)) && !(await breakLock?.(questionOf(deployment, held))))
        throw refusal(deployment, held);
      await moveAside(path, `${mine}.stale`, held);
    }
  } catch (error) {
    throw fileError(path, error);
  } finally {
    await rm(mine, { force: true }).catch(() => {});
  }
  const ours = await ownerOf(path);
  return () => {
    // Somebody may have broken it meanwhile, and holds it now.
    if (JSON.stringify(ownerNow(path)) === JSON.stringify(ours)) rmSync(path, { force: true });
  };
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
    await replaceFile(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = await ownerOf(aside);
  if (moved && JSON.stringify(moved) !== JSON.stringify(stale)) await linked(aside, path);
  await rm(aside, { force: true });
}

/** Undefined where there is none, or where what stands there was not written by us. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  return parseOwner(await readFile(path, 'utf8').catch(() => ''));
}

function ownerNow(path: string): Owner | undefined {
  try {
    return parseOwner(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function questionOf(deployment: string, holder: Owner): string {
  return `${deployment} is held by ${describeOwner(holder)}. Break its lock?`;
}

function refusal(deployment: string, holder: Owner): LockError {
  const owner = describeOwner(holder);
  return new LockError(
    deployment,
    owner,
    `another run holds the deployment: ${owner}`,
    'Wait for its end. If that process is gone for certain: oriel apply --break-lock, which asks',
  );
}
