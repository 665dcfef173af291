import { rm } from 'node:fs/promises';
import type { StandIn } from '../../node/backing.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';
import { type DetachedRun, readRun, runFolder, writeRun } from './runs.ts';

export const detachedProcessFunctions = {
  'Start-DetachedProcess': async (parameters, { node }) => {
    const { name, file } = parameters;
    if (node.detached.has(name))
      throw new AgentFailure('AlreadyRunning', `${name} is running already`, 'ResourceBusy');
    const beginning = node.backing.start({ file, arguments: parameters.arguments });
    // The name is taken from now on: another controller may ask for it before the program runs.
    node.detached.set(
      name,
      beginning.then(({ ended }) => ended).catch(() => -1),
    );
    try {
      const { pid, ended } = await beginning;
      const run = { name, pid, started: new Date().toISOString() };
      await writeRun(node, run);
      void finish(node, run, ended);
      return { name, pid, state: 'running' };
    } catch (error) {
      node.detached.delete(name);
      throw error;
    }
  },

  'Get-DetachedProcess': async ({ name }, { node }) => {
    // Asked first: an end is written down before it is forgotten here, so what is no longer running has left its exit code.
    const running = node.detached.has(name);
    const run = await readRun(node, name);
    if (!run) return { name, state: 'absent' };
    const { started, ended, exitCode } = run;
    if (exitCode !== undefined)
      return { name, state: 'exited', exitCode, started, ...(ended !== undefined && { ended }) };
    return { name, state: running ? 'running' : 'lost', started };
  },

  'Remove-DetachedProcess': async ({ name }, { node }) => {
    if (node.detached.has(name))
      throw new AgentFailure('StillRunning', `${name} is still running`, 'ResourceBusy');
    await rm(node.backing.hostPath(runFolder(name)), { recursive: true, force: true });
    return null;
  },
} satisfies Partial<AgentFunctions>;

/** Writes down how a run ended; one that was torn away leaves no exit code and is `lost`. */
async function finish(node: StandIn, run: DetachedRun, ended: Promise<number>): Promise<void> {
  try {
    const exitCode = await ended;
    await writeRun(node, { ...run, ended: new Date().toISOString(), exitCode });
  } catch {
    // Torn away, or the node's folder is gone: nothing to write.
  } finally {
    node.detached.delete(run.name);
  }
}
