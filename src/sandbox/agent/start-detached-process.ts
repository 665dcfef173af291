import { z } from 'zod';
import type { StandIn } from '../backing.ts';
import { AgentFailure } from './failure.ts';
import { agentFunction, runName } from './function.ts';
import { type Run, writeRun } from './runs.ts';

const parameters = z.strictObject({ name: runName, file: z.string().min(1), arguments: z.array(z.string()) });

export const startDetachedProcess = agentFunction(parameters, async (wanted, { node }) => {
  const { name, file } = wanted;
  if (node.detached.has(name))
    throw new AgentFailure('AlreadyRunning', `${name} is running already`, 'ResourceBusy');
  const beginning = node.backing.start({ file, arguments: wanted.arguments });
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
});

/** Writes down how a run ended; one that was torn away leaves no exit code and is `lost`. */
async function finish(node: StandIn, run: Run, ended: Promise<number>): Promise<void> {
  try {
    const exitCode = await ended;
    await writeRun(node, { ...run, ended: new Date().toISOString(), exitCode });
  } catch {
    // Torn away, or the node's folder is gone: nothing to write.
  } finally {
    node.detached.delete(run.name);
  }
}
