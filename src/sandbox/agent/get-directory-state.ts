import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { isAbsent } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

export const getDirectoryState = agentFunction(
  z.strictObject({ path: windowsPath }),
  async ({ path }, { node }) => {
    try {
      const entries = await readdir(node.backing.hostPath(path));
      return { exists: true, entries: entries.length, ...node.backing.access(path) };
    } catch (error) {
      if (isAbsent(error)) return { exists: false };
      throw error;
    }
  },
);
