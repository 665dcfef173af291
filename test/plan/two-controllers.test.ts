import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDeploymentIn, type Orders } from '../fixtures/controller.ts';
import { bundleController, type Controller, startController } from '../fixtures/controllers.ts';
import { aWorld, expectNothingToDo } from '../fixtures/glance-on-fakes.ts';

let folder = '';
let program = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-two-'));
  program = await bundleController(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const words = async (controller: Controller): Promise<string> => (await controller.ended).words ?? '';

test.each([
  ['the same folder', 'another run holds the deployment', 0],
  ['another folder, as on another machine', 'another run holds the node', 1],
])('of two controllers in %s, one is refused with owner and age', async (_, refusal, other) => {
  const world = await aWorld(aDeploymentIn(folder));
  const directories = await Promise.all([0, 1].map(() => mkdtemp(join(folder, 'site-'))));
  const orders = (index: number): Orders => ({
    directory: directories[index] ?? '',
    setting: '2',
    msi: world.msi,
  });
  let second: Controller | undefined;
  const first = startController(program, world, orders(0), {
    // In the middle of its steps the first one has to wait until the second one has ended.
    at: 60,
    when: 'pause',
    until: async () => {
      second = startController(program, world, orders(other));
      await second.ended;
    },
  });
  expect(JSON.parse(await words(first))).toMatchObject({ failed: 0, skipped: 0 });
  expect(second && (await words(second))).toMatch(
    new RegExp(
      `${refusal}: oriel apply, process ${first.process.pid} on ${hostname()}, since .*Z \\(0 min\\)`,
    ),
  );
  await expectNothingToDo(world);
});
