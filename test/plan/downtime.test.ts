import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import type { Fact } from '../../src/events/events.ts';
import type { RunResult } from '../../src/events/status.ts';
import { withDowntime } from '../../src/plan/journal/downtime.ts';
import { statusOf } from '../../src/plan/journal/node-status.ts';
import { summarizeJournal } from '../../src/plan/journal/summary.ts';
import type { Plan } from '../../src/plan/model/plan.ts';
import { planGrammar } from '../../src/plan/model/schema.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { planPs1 } from '../../src/report/plan-ps1.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf, type Version, type World } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
let folder = '';
let journal = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-outlook-'));
  journal = join(folder, 'journal.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

/** Applies, and writes the journal of a run in which every event comes a second after the one before. */
async function run(
  world: World,
  options: { setting?: string; version?: Version; cut?: number; result?: RunResult } = {},
): Promise<void> {
  const { facts } = await applyAll(world, options);
  const kept = facts.filter(({ kind }) => kind !== 'step-progress');
  const begun = {
    kind: 'run-started',
    verb: 'apply',
    deployment: 'images-test',
    release: '2024.2',
    who: 'alice@desk',
  };
  const ended = {
    kind: 'run-finished',
    verb: 'apply',
    ok: true,
    ...(options.result && { result: options.result }),
    seconds: 1,
    changed: 1,
    unchanged: 0,
    failed: 0,
    skipped: 0,
  };
  const all = [begun, ...kept, ended].slice(0, options.cut) as Fact[];
  const id = `run-${Math.random()}`;
  const start = Date.parse('2026-01-02T03:00:00.000Z');
  const lines = all.map((fact, index) =>
    JSON.stringify({ time: new Date(start + index * 1000).toISOString(), run: id, ...fact }),
  );
  await appendFile(journal, `${lines.join('\n')}\n`);
}

async function planOf(world: World, setting?: string, version?: Version): Promise<Plan> {
  const declared = world.declared(setting, version);
  const plan = withDowntime(
    await makePlan(deployment, declared, world.reach()),
    await summarizeJournal(journal),
  );
  expect(planGrammar.safeParse(plan).error).toBeUndefined();
  return plan;
}

describe('how long a service will be away', () => {
  test('is not known before the first time, and said so', async () => {
    const world = await aWorld(deployment);
    const plan = await planOf(world);
    expect(plan.interruptions).toMatchObject([
      { node: 'glance-1', service: serviceName, effect: 'install', seconds: null, runs: 0 },
      { node: 'glance-2', effect: 'install' },
    ]);
    expect(planTable(plan)).toContain(`  ${serviceName} is new; no earlier run says how long that takes\n`);
  });

  test('is estimated from earlier runs, of the node itself where it has any, and by what is done', async () => {
    const world = await aWorld(deployment);
    await run(world);
    expect((await planOf(world)).interruptions).toBeUndefined();
    await run(world, { setting: '4' });
    await run(world, { setting: '8' });
    const restart = await planOf(world, '2');
    expect(restart.interruptions).toMatchObject([
      { node: 'glance-1', effect: 'restart', runs: 2 },
      { node: 'glance-2', effect: 'restart', runs: 2 },
    ]);
    expect(restart.interruptions?.[0]?.seconds).toBeGreaterThan(0);
    expect(planTable(restart)).toMatch(
      /restarts, away for about \d+(\.\d)? s \(an estimate, from 2 earlier times\)\n/,
    );
    expect(planPs1(restart, new Map())).toMatch(/^# oriel-glance-api restarts, away for about/m);
    expect((await planOf(world, '8', '29.2.2')).interruptions?.[0]).toMatchObject({
      effect: 'replace',
      seconds: null,
    });
  });

  test('is not asked where the service goes on, and is over where it stands', async () => {
    const world = await aWorld(deployment);
    await run(world);
    const service = world.nodes.get('glance-1')?.services.get(serviceName);
    if (service) service.startMode = 'Manual';
    expect((await planOf(world)).interruptions).toBeUndefined();
    if (service) service.status = 'Stopped';
    expect((await planOf(world)).interruptions).toMatchObject([{ node: 'glance-1', effect: 'start' }]);
  });
});

describe('what was changed on a node', () => {
  test('is told from what the site file changed', async () => {
    const world = await aWorld(deployment);
    await run(world);
    const node = world.nodes.get('glance-1');
    node?.files.set(conf, Buffer.from('by hand'));
    const byHand = await planOf(world);
    const step = byHand.steps.find(({ id }) => id === 'glance-1/glance/file/glance-api.conf');
    expect(step?.since).toMatchObject({
      verb: 'apply',
      who: 'alice@desk',
      time: expect.stringMatching(/^2026-01-02T03:/),
    });
    expect(planTable(byHand)).toMatch(
      /content differs \[changed on the node since apply of 2026-01-02T03:\d\dZ by alice@desk\]/,
    );
    await run(world);
    const bySite = await planOf(world, '4');
    expect(bySite.steps.filter(({ since }) => since)).toEqual([]);
    expect(bySite.steps.some(({ action }) => action === 'update')).toBe(true);
  });

  test('is not guessed where no run set it', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    world.nodes.get('glance-1')?.files.set(conf, Buffer.from('by hand'));
    expect((await planOf(world)).steps.filter(({ since }) => since)).toEqual([]);
  });
});

describe('status', () => {
  test('has the last run of each node and a digest of its configuration', async () => {
    const world = await aWorld(deployment);
    const whole = async () =>
      statusOf(
        await makePlan(deployment, world.declared(), world.reach(), { all: true }),
        await summarizeJournal(journal),
        new Set(world.nodes.keys()),
      );
    expect(await whole()).toMatchObject([{ configuration: null, lastRun: null }, { lastRun: null }]);
    await run(world);
    const [first, second] = await whole();
    expect(first).toMatchObject({
      configuration: expect.stringMatching(/^[0-9a-f]{12}$/),
      lastRun: { verb: 'apply', result: 'done', who: 'alice@desk' },
    });
    expect(second?.configuration).toBe(first?.configuration);
    world.nodes.get('glance-1')?.files.set(conf, Buffer.from('by hand'));
    expect((await whole())[0]?.configuration).not.toBe(first?.configuration);
    await run(world, { cut: 5 });
    expect((await whole())[0]?.lastRun).toMatchObject({ result: 'interrupted' });
    for (const result of ['done', 'interrupted'] as const) {
      await run(world, { result });
      expect((await whole())[0]?.lastRun).toMatchObject({ result });
    }
  });
});

test('only the end of a long journal is recalled, and what anybody wrote there is not an event', async () => {
  const world = await aWorld(deployment);
  await run(world);
  const filler = `${JSON.stringify({ time: 'x', run: 'x', kind: 'note', level: 'info', message: 'x'.repeat(1000) })}\n`;
  await appendFile(journal, filler.repeat(9_000));
  expect((await summarizeJournal(journal)).nodes.size).toBe(0);
  await writeFile(journal, '{"kind":"run-started"}\n{"__proto__":{}}\n\u001b[2J\n7\n');
  expect(await summarizeJournal(journal)).toMatchObject({ outages: [] });
});
