import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { readJournal } from '../../src/plan/journal/read-journal.ts';
import { lastRuns } from '../../src/plan/journal/runs.ts';
import { aDeploymentIn, control, type Orders } from '../fixtures/controller.ts';
import { bundleController, type Fault, startController } from '../fixtures/controllers.ts';
import {
  applyAll,
  aWorld,
  expectNothingToDo,
  type Version,
  type World,
} from '../fixtures/glance-on-fakes.ts';
import { randomFrom } from '../fixtures/random.ts';

/** `ORIEL_SEED=N npx vitest run test/plan/killed.test.ts` repeats what a title names; ORIEL_KILLS=N asks for more moments. */
const seed = Number(process.env.ORIEL_SEED ?? Math.floor(Math.random() * 2 ** 32));
const kills = Number(process.env.ORIEL_KILLS ?? 50);

interface Change {
  readonly title: string;
  readonly before?: Version;
  readonly version: Version;
  readonly setting: string;
}

const changes: readonly Change[] = [
  { title: 'first apply', version: '29.2.1', setting: '2' },
  { title: 'upgrade', before: '29.2.1', version: '29.2.2', setting: '4' },
];

let folder = '';
let program = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-killed-'));
  program = await bundleController(folder);
});
afterAll(() => rm(folder, { recursive: true }));

async function begin({ before, version, setting }: Change): Promise<{ world: World; orders: Orders }> {
  const directory = await mkdtemp(join(folder, 'site-'));
  const world = await aWorld(aDeploymentIn(directory));
  if (before) await applyAll(world, { version: before });
  for (const node of world.nodes.values()) node.effects.splice(0);
  return { world, orders: { directory, setting, msi: world.packages[version] } };
}

/** Each moment is a number of its own, so that one of them can be looked at without the ones before. */
function faultAt(index: number, questions: number): Fault {
  const random = randomFrom(seed + index);
  const at = Math.floor(random() * questions);
  const when = (['before', 'after', 'later'] as const)[Math.floor(random() * 3)] ?? 'later';
  return { at, when, delay: Math.floor(random() * 6) };
}

/** What is done once however often it is begun, on each node or on all together. */
function expectOnce(world: World, setting: string): void {
  for (const node of world.nodes.values()) {
    const doubled = node.effects.filter(
      (effect, index) =>
        /^(install|start|stop|recovery|mkdir|close|write .*\.conf$)/.test(effect) &&
        node.effects.indexOf(effect) !== index,
    );
    expect(doubled).toEqual([]);
    expect(node.services.get(serviceName)).toMatchObject({ status: 'Running', startedWith: node.readNow() });
    expect(node.readNow()).toContain(`workers = ${setting}`);
    expect(node.runs()).toEqual([]);
  }
  const syncs = [...world.nodes.values()].flatMap(({ effects }) =>
    effects.filter((each) => each === 'populate'),
  );
  expect(syncs.length).toBeLessThanOrEqual(1);
}

async function expectReadable(path: string, results: readonly string[]): Promise<void> {
  let torn = 0;
  for await (const piece of readJournal(path)) torn += piece.torn;
  expect(torn).toBeLessThanOrEqual(1);
  const { runs } = await lastRuns(path, 9);
  expect(runs.map(({ result }) => result)).toEqual(results);
}

describe.each(changes)(`$title, its controller killed (ORIEL_SEED=${seed})`, (change) => {
  let questions = 0;
  beforeAll(async () => {
    const { world, orders } = await begin(change);
    const { asked, words } = await startController(program, world, orders).ended;
    expect(JSON.parse(words ?? '')).toMatchObject({ failed: 0, skipped: 0 });
    questions = asked;
  });

  test.each(Array.from({ length: kills }, (_, index) => index))('at moment %d', async (index) => {
    const { world, orders } = await begin(change);
    const fault = faultAt(index, questions);
    const { words } = await startController(program, world, orders, fault).ended;
    const state = join(orders.directory, '.oriel', 'images-test');
    const journal = join(state, 'journal.jsonl');
    const label = `${JSON.stringify(fault)} of ${questions}, ended: ${words}`;
    const ends = existsSync(journal) ? (await lastRuns(journal, 9)).runs.map(({ result }) => result) : [];
    if (ends.at(-1) === 'interrupted') expect(existsSync(join(state, 'lock')), label).toBe(true);
    const outcome = await control(orders, async (name) => world.nodes.get(name)?.open() as never);
    expect(outcome, label).toMatchObject({ failed: 0, skipped: 0 });
    expectOnce(world, orders.setting);
    await expectReadable(journal, [...ends, 'done']);
    expect(existsSync(join(state, 'lock')), label).toBe(false);
    for (const { files } of world.nodes.values())
      expect(
        [...files.keys()].filter((path) => path.includes('\\lock')),
        label,
      ).toEqual([]);
    await expectNothingToDo(world, { setting: change.setting, version: change.version });
    await rm(orders.directory, { recursive: true });
  });
});
