import { randomUUID } from 'node:crypto';
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AgentFailure } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

const limit = 1024 * 1024;
const parameters = z.strictObject({ path: windowsPath, content: z.base64('is not base64') });

export const setFile = agentFunction(parameters, async ({ path, content }, { node }) => {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.length > limit)
    throw new AgentFailure('BadParameter', 'content: more than 1 MiB', 'InvalidArgument');
  const target = node.backing.hostPath(path);
  const before = await stat(target).catch(() => undefined);
  if (before?.isDirectory()) throw new AgentFailure('PathExists', `${path} is a directory`, 'ResourceExists');
  await makeDirectory(dirname(target), path);
  const beside = `${target}.${randomUUID()}.oriel-new`;
  try {
    await writeFile(beside, bytes);
    if (before) await chmod(beside, before.mode);
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  return null;
});

/** Makes a folder and its parents; `PathExists` when a file stands in the way of `path`. */
export async function makeDirectory(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' && error.code !== 'ENOTDIR') throw error;
    throw new AgentFailure('PathExists', `a file stands in the way of ${path}`, 'ResourceExists');
  });
}
