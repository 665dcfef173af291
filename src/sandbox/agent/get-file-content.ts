import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { AgentFailure } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';

const limit = 1024 * 1024;
const parameters = z.strictObject({ path: windowsPath });

export const getFileContent = agentFunction(parameters, async ({ path }, { node }) => {
  const file = node.backing.hostPath(path);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return { exists: false };
  if (found.size > limit) throw new AgentFailure('TooLarge', `${path} has more than 1 MiB`, 'LimitsExceeded');
  return { exists: true, content: (await readFile(file)).toString('base64') };
});
