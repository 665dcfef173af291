import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BuildError } from '../../errors.ts';
import { endProcess, isRunning, processesMarked, waitForEnd } from '../node/processes.ts';
import { processesOf, stopPrefix } from '../wine/life.ts';
import { readSandboxState, stateFile } from './state.ts';

/** Milliseconds for a supervisor to end everything in order: each of its programs has ten seconds, and the machine may be busy. */
const timeoutMs = 120_000;
/** Milliseconds for processes to go that were killed. */
const endTimeoutMs = 60_000;

/**
 * Ends a sandbox and everything in it, also what a killed supervisor left, and makes sure: gives whether anything ran. Throws
 * BuildError when a process does not end.
 */
export async function sandboxDown(directory: string): Promise<boolean> {
  const folder = resolve(directory);
  const state = await readSandboxState(folder);
  const ran = state !== undefined && isRunning(state.supervisor);
  if (ran) {
    process.kill(state.supervisor.pid, 'SIGTERM');
    if (!(await waitForEnd(state.supervisor, timeoutMs))) endProcess(state.supervisor.pid);
  }
  for (const prefix of prefixesIn(folder)) await stopPrefix(prefix);
  if (state) await endMarked(state.id);
  await rm(stateFile(folder), { force: true });
  return ran;
}

/** Ends a sandbox and removes its folder. Refuses a folder that is not a sandbox's. */
export async function sandboxPurge(directory: string): Promise<void> {
  const folder = resolve(directory);
  if (existsSync(folder) && !existsSync(join(folder, 'sandbox.json')))
    throw new BuildError(`${folder} is not a sandbox (it has no sandbox.json) and is not removed`);
  await sandboxDown(folder);
  await rm(folder, { recursive: true, force: true });
}

/** What still runs of a sandbox. */
export function leftovers(directory: string, id: string): readonly number[] {
  return [...processesMarked(id), ...prefixesIn(resolve(directory)).flatMap(processesOf)];
}

async function endMarked(id: string): Promise<void> {
  for (let waited = 0; ; waited += 50) {
    const left = processesMarked(id);
    if (left.length === 0) return;
    // The watchdog is at it as well; after a second we help.
    if (waited >= 1000) for (const pid of left) endProcess(pid);
    if (waited >= endTimeoutMs)
      throw new BuildError(`processes ${left.join(', ')} of the sandbox do not end`);
    await sleep(50);
  }
}

function prefixesIn(folder: string): readonly string[] {
  const nodes = join(folder, 'nodes');
  if (!existsSync(nodes)) return [];
  return readdirSync(nodes)
    .map((name) => join(nodes, name, 'wine'))
    .filter((prefix) => existsSync(prefix));
}
