import { z } from 'zod';
import { agentFunction, runName } from './function.ts';
import { readRun } from './runs.ts';

export const getDetachedProcess = agentFunction(
  z.strictObject({ name: runName }),
  async ({ name }, { node }) => {
    // Asked first: an end is written down before it is forgotten here, so what is no longer running has left its exit code.
    const running = node.detached.has(name);
    const run = await readRun(node, name);
    if (!run) return { name, state: 'absent' };
    const { started, ended, exitCode } = run;
    if (exitCode !== undefined) return { name, state: 'exited', exitCode, started, ended };
    return { name, state: running ? 'running' : 'lost', started };
  },
);
