import { z } from 'zod';
import { agentFunction, runName } from './function.ts';
import { readRun } from './runs.ts';

export const getDetachedProcess = agentFunction(
  z.strictObject({ name: runName }),
  async ({ name }, { node }) => {
    const run = await readRun(node, name);
    if (!run) return { name, state: 'absent' };
    const { started, ended, exitCode } = run;
    if (exitCode !== undefined) return { name, state: 'exited', exitCode, started, ended };
    return { name, state: node.detached.has(name) ? 'running' : 'lost', started };
  },
);
