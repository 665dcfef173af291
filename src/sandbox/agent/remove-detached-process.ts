import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { AgentFailure } from './failure.ts';
import { agentFunction, runName } from './function.ts';
import { runFolder } from './runs.ts';

export const removeDetachedProcess = agentFunction(
  z.strictObject({ name: runName }),
  async ({ name }, { node }) => {
    if (node.detached.has(name))
      throw new AgentFailure('StillRunning', `${name} is still running`, 'ResourceBusy');
    await rm(node.backing.hostPath(runFolder(name)), { recursive: true, force: true });
    return null;
  },
);
