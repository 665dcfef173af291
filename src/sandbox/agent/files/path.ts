import { lstat, rename, rm, rmdir, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure, isAbsent } from '../failure/agent-failure.ts';
import { makeDirectory } from './make-directory.ts';
import { isProtected } from './protected.ts';

export const pathFunctions = {
  'Move-Path': async ({ path, destination }, { node }) => {
    const source = node.backing.hostPath(path);
    const target = node.backing.hostPath(destination);
    await lstat(source).catch((error: unknown) => {
      if (isAbsent(error))
        throw new AgentFailure('PathNotFound', `there is nothing at ${path}`, 'ObjectNotFound');
      throw error;
    });
    const inTheWay = await lstat(target).catch(() => undefined);
    if (inTheWay?.isDirectory())
      throw new AgentFailure('PathExists', `${destination} is a directory`, 'ResourceExists');
    await makeDirectory(dirname(target), destination);
    await rename(source, target);
    return null;
  },

  'Remove-Path': async ({ path, recurse = false }, { node }) => {
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
  },
} satisfies Partial<AgentFunctions>;

async function removeEmpty(file: string, path: string): Promise<void> {
  await rmdir(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY') throw error;
    throw new AgentFailure('NotEmpty', `${path} is not empty`, 'WriteError');
  });
}
