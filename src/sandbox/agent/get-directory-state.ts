import { lstat, readdir } from 'node:fs/promises';
import { z } from 'zod';
import { isAbsent } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

export const getDirectoryState = agentFunction(
  z.strictObject({ path: windowsPath }),
  async ({ path }, { node }) => {
    try {
      const folder = node.backing.hostPath(path);
      const entries = await readdir(folder);
      const link = (await lstat(folder)).isSymbolicLink();
      return { exists: true, entries: entries.length, ...node.backing.access(path), ...(link && { link }) };
    } catch (error) {
      if (isAbsent(error)) return { exists: false };
      throw error;
    }
  },
);
