import { mkdir } from 'node:fs/promises';
import { AgentFailure } from '../failure/agent-failure.ts';

/** Makes a folder and its parents; `PathExists` when a file stands in the way of `path`. */
export async function makeDirectory(folder: string, path: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' && error.code !== 'ENOTDIR') throw error;
    throw new AgentFailure('PathExists', `a file stands in the way of ${path}`, 'ResourceExists');
  });
}
