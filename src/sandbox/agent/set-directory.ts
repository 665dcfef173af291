import { z } from 'zod';
import { agentFunction, windowsPath } from './function.ts';
import { makeDirectory } from './set-file.ts';

export const setDirectory = agentFunction(
  z.strictObject({ path: windowsPath }),
  async ({ path }, { node }) => {
    await makeDirectory(node.backing.hostPath(path), path);
    return null;
  },
);
