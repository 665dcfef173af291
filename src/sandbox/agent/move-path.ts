import { lstat, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AgentFailure, isAbsent } from './failure.ts';
import { agentFunction, windowsPath } from './function.ts';
import { makeDirectory } from './set-file.ts';

const parameters = z.strictObject({ path: windowsPath, destination: windowsPath });

export const movePath = agentFunction(parameters, async ({ path, destination }, { node }) => {
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
});
