import { lstat, rm, rmdir, unlink } from 'node:fs/promises';
import { win32 } from 'node:path';
import { z } from 'zod';
import { AgentFailure, isAbsent } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

const parameters = z.strictObject({ path: windowsPath, recurse: z.boolean().optional() });
const kept = ['c:\\windows', 'c:\\program files', 'c:\\programdata', 'c:\\users'];

export const removePath = agentFunction(parameters, async ({ path, recurse = false }, { node }) => {
  if (isProtected(path))
    throw new AgentFailure('Refused', `${path} itself is never removed`, 'PermissionDenied');
  const file = node.backing.hostPath(path);
  const found = await lstat(file).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (!found) return { removed: false };
  if (!found.isDirectory()) await unlink(file);
  else if (recurse) await rm(file, { recursive: true });
  else await removeEmpty(file, path);
  return { removed: true };
});

/** Drive roots, roots of shares and the folders of the system: never removed, never closed. */
export function isProtected(path: string): boolean {
  const normal = win32.normalize(path).replace(/\\+$/, '').toLowerCase();
  return /^[a-z]:$/.test(normal) || /^\\\\[^\\]+\\[^\\]+$/.test(normal) || kept.includes(normal);
}

async function removeEmpty(file: string, path: string): Promise<void> {
  await rmdir(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY') throw error;
    throw new AgentFailure('NotEmpty', `${path} is not empty`, 'WriteError');
  });
}
