import { afterEach, beforeEach, expect, test } from 'vitest';
import { detachedProcessFunctions } from '../../src/sandbox/agent/processes/detached-process.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { aSimulatedNode, temporaryFolder } from './stand-ins.ts';

let remove: () => Promise<void>;
let node: StandIn;
beforeEach(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  node = await aSimulatedNode(made.folder);
});
afterEach(async () => {
  await node.backing.close();
  await remove();
});

const parameters = { name: 'a-run', file: 'msiexec.exe', arguments: [] };
const context = () => ({ node, signal: new AbortController().signal, progress: () => {} });
const look = () => detachedProcessFunctions['Get-DetachedProcess']({ name: 'a-run' }, context());
const moment = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The node with programs that take so long. */
function withPrograms(ms: number): void {
  const start = async () => ({ pid: process.pid, ended: moment(ms).then(() => 0) });
  node = { ...node, backing: { ...node.backing, start } };
}

test('a detached program is never taken for lost while its end is written down', async () => {
  for (let round = 0; round < 30; round += 1) {
    withPrograms(round % 5);
    await detachedProcessFunctions['Start-DetachedProcess'](parameters, context());
    const states: string[] = [];
    // Many looks at once, as of a controller that was cut off and of the one after it.
    while (states.at(-1) !== 'exited')
      states.push(...(await Promise.all([1, 2, 3, 4].map(look))).map(({ state }) => state));
    expect(new Set(states)).not.toContain('lost');
    while (node.detached.size > 0) await moment(1);
  }
});

test('of two that want the same program at once, one is told that it runs', async () => {
  withPrograms(20);
  const both = await Promise.allSettled(
    [1, 2].map(() => detachedProcessFunctions['Start-DetachedProcess'](parameters, context())),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { kind: 'AlreadyRunning' },
  });
  while (node.detached.size > 0) await moment(1);
});
