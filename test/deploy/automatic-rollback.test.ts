import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { rollBackAutomatically } from '../../src/deploy/rollback/automatic-rollback.ts';
import { newestOf, readGenerations } from '../../src/deploy/rollback/declarations.ts';
import type { Fact } from '../../src/events/events.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { rollOut } from '../../src/plan/rollout/rollout.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { aWorld, fakeClock, type World } from '../fixtures/glance-on-fakes.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-take-back-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const three = aDeployment()
  .withNode('glance-1')
  .withNode('glance-2')
  .withNode('glance-3')
  .with({ directory: folder })
  .build();
const { signal } = new AbortController();

const versions = ({ nodes }: World): readonly unknown[] =>
  [...nodes.values()].map(({ products }) => [...products.values()][0]?.version);

test('nodes that a failed rollout has changed go back to what they had, and the others are not touched', async () => {
  const world = await aWorld(three);
  const said: string[] = [];
  const emit = (fact: Fact): void => {
    if (fact.kind === 'note') said.push(fact.message);
  };
  const options = { emit, stop: signal, abort: signal, clock: fakeClock(), rollout: three.rollout };
  const interrupt = { stop: signal, abort: signal, release: () => {} };
  const old = world.declared('2', '26.1.0');
  await rollOut(old, world.reach(), await makePlan(three, old, world.reach()), options);
  const before = newestOf(await readGenerations(three, world.reach()));
  const third = world.nodes.get('glance-3')?.changing;
  const declared = world.declared('2', '28.2.0');
  const connections = world.reach();
  const gate = async (node: string) => (node === 'glance-2' ? 'upload: 410: no store' : undefined);
  const plan = await makePlan(three, declared, connections);
  const { begun } = await rollOut(declared, connections, plan, { ...options, gate });
  expect(begun).toEqual(['glance-1', 'glance-2']);
  expect(versions(world)).toEqual(['28.2.0', '28.2.0', '26.1.0']);
  expect(await rollBackAutomatically(three, before, begun, { connections, emit, interrupt })).toBe(true);
  expect(versions(world)).toEqual(['26.1.0', '26.1.0', '26.1.0']);
  expect(world.nodes.get('glance-3')?.changing).toBe(third);
  expect(said).toEqual([
    'rollout stopped after batch 2 of 3 (max_failures: 0): glance-2: upload: 410: no store; not touched: glance-3',
    'on_failure: rollback: goes back: glance-1 to 26.1.0, glance-2 to 26.1.0',
    'back: glance-1 to 26.1.0, glance-2 to 26.1.0',
  ]);
  const { steps } = await makePlan(three, world.declared('2', '26.1.0'), world.reach());
  expect(steps.filter(({ action }) => action !== 'none')).toEqual([]);
});

test('a node that had nothing before stays as it is, and it is said', async () => {
  const world = await aWorld(three);
  const said: string[] = [];
  const emit = (fact: Fact): void => {
    if (fact.kind === 'note') said.push(fact.message);
  };
  const interrupt = { stop: signal, abort: signal, release: () => {} };
  const connections = world.reach();
  expect(await rollBackAutomatically(three, new Map(), ['glance-1'], { connections, emit, interrupt })).toBe(
    false,
  );
  expect(said).toEqual(['glance-1: had nothing before that it could go back to']);
});
