import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { serviceName, windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { assertSchemaFits } from '../../src/components/glance/upgrade/schema-fits.ts';
import { beforeLastRun, chooseNamed } from '../../src/deploy/rollback/choose-generation.ts';
import { declareRollback, readGenerations } from '../../src/deploy/rollback/declarations.ts';
import { InputError, ResourceError } from '../../src/errors.ts';
import type { Event, Fact } from '../../src/events/events.ts';
import { type ChangingRun, changingRuns } from '../../src/plan/journal/changing-runs.ts';
import { type Connections, makePlan } from '../../src/plan/observe/make-plan.ts';
import type { Gate } from '../../src/plan/rollout/gate.ts';
import { rollOut } from '../../src/plan/rollout/rollout.ts';
import type { Generation } from '../../src/resources/generation/resource.ts';
import type { Declaration } from '../../src/resources/model/resource.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { aWorld, fakeClock, password, type Version, type World } from '../fixtures/glance-on-fakes.ts';

const three = aDeployment().withNode('glance-1').withNode('glance-2').withNode('glance-3').build();
const names = three.nodes.map(({ name }) => name);
const options = { salt: 'a salt', emit: () => {} };
const folder = mkdtempSync(join(tmpdir(), 'oriel-back-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Nodes, and a journal of what was done to them. */
interface RunReference {
  readonly world: World;
  readonly events: Event[];
  readonly run: (declared: readonly Declaration[], options?: RunOptions) => Promise<number>;
  readonly runs: () => Promise<readonly ChangingRun[]>;
}

interface RunOptions {
  readonly verb?: string;
  readonly gate?: Gate;
  readonly connections?: Connections;
}

async function aPast(): Promise<RunReference> {
  const world = await aWorld(three);
  const events: Event[] = [];
  let runs = 0;
  const journal = join(folder, `journal-${Math.random()}.jsonl`);
  return {
    world,
    events,
    async run(declared, { verb = 'apply', gate, connections = world.reach() } = {}) {
      runs += 1;
      const at = { time: '2026-01-01T00:00:00.000Z', run: `run-${runs}` };
      const emit = (fact: Fact): void => void events.push({ ...at, ...fact } as Event);
      emit({ kind: 'run-started', verb, deployment: 'images-test', release: '2024.2' });
      const { signal } = new AbortController();
      const given = { stop: signal, abort: signal, clock: fakeClock(), rollout: three.rollout };
      const plan = await makePlan(three, declared, connections);
      const outcome = await rollOut(declared, connections, plan, { ...given, emit, ...(gate && { gate }) });
      return outcome.failed + outcome.skipped;
    },
    async runs() {
      await writeFile(journal, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      return changingRuns(journal, 'glance');
    },
  };
}

/** What each node keeps of the one component that these sites have. */
const keptOn = async (connections: Connections): Promise<ReadonlyMap<string, readonly Generation[]>> =>
  [...(await readGenerations(three, connections)).values()][0] ?? new Map();

async function back(
  { world, run, runs }: RunReference,
  to?: string,
  connections = world.reach(),
): Promise<number> {
  const past = await runs();
  const all = [...(await readGenerations(three, connections))];
  const targets = new Map(
    all.map(
      ([one, own]) => [one, to ? chooseNamed(own, past, to) : beforeLastRun(own, past, names)] as const,
    ),
  );
  const declared = await declareRollback(three, targets, connections, options);
  return run(declared, { verb: 'rollback', connections });
}

const versions = ({ nodes }: World): readonly unknown[] =>
  [...nodes.values()].map(({ products }) => [...products.values()][0]?.version);
const settings = ({ nodes }: World): readonly unknown[] =>
  [...nodes.values()].map(
    (node) => /workers = (\d+)/.exec(node.services.get(serviceName)?.startedWith ?? '')?.[1],
  );
const pending = async (world: World, setting: string, version: Version): Promise<number> => {
  const { steps } = await makePlan(three, world.declared(setting, version), world.reach());
  return steps.filter(({ action }) => action !== 'none').length;
};

describe('a rollback', () => {
  test('returns every node to the package and configuration before the last run, and a plan is empty', async () => {
    const past = await aPast();
    const { world, run } = past;
    expect(await run(world.declared('2', '26.1.0'))).toBe(0);
    expect(await run(world.declared('4', '28.2.0'))).toBe(0);
    expect(world.database.heads).toEqual(['2023_1_contract01', '2024_1_expand01']);
    expect([versions(world), settings(world)]).toEqual([Array(3).fill('28.2.0'), Array(3).fill('4')]);
    expect(await back(past)).toBe(0);
    expect([versions(world), settings(world)]).toEqual([Array(3).fill('26.1.0'), Array(3).fill('2')]);
    expect(world.database.heads).toEqual(['2023_1_contract01', '2024_1_expand01']);
    expect(await pending(world, '2', '26.1.0')).toBe(0);
    // Once more takes the rollback back.
    expect(await back(past)).toBe(0);
    expect([versions(world), settings(world)]).toEqual([Array(3).fill('28.2.0'), Array(3).fill('4')]);
    expect(await pending(world, '4', '28.2.0')).toBe(0);
  });

  test('brings no package that the node still has', async () => {
    const past = await aPast();
    const { world, run } = past;
    await run(world.declared('2', '26.1.0'));
    await run(world.declared('2', '28.2.0'));
    for (const node of world.nodes.values()) node.effects.length = 0;
    await back(past);
    for (const { effects } of world.nodes.values()) {
      expect(effects.filter((each) => each.startsWith('put '))).toEqual([]);
      expect(effects.filter((each) => /install/.test(each))).toEqual([
        `uninstall ${world.packages['28.2.0'].productCode}`,
        'install 26.1.0',
      ]);
    }
  });

  test('of a run whose second node failed leaves the third alone', async () => {
    const past = await aPast();
    const { world, run } = past;
    await run(world.declared('2', '26.1.0'));
    const gate: Gate = async (node) => (node === 'glance-2' ? 'upload: 410' : undefined);
    expect(await run(world.declared('2', '28.2.0'), { gate })).toBeGreaterThan(0);
    expect(versions(world)).toEqual(['28.2.0', '28.2.0', '26.1.0']);
    const third = world.nodes.get('glance-3')?.changing;
    expect(await back(past)).toBe(0);
    expect(versions(world)).toEqual(Array(3).fill('26.1.0'));
    expect(world.nodes.get('glance-3')?.changing).toBe(third);
  });

  test('of a run that broke its first node before that was healthy returns that node alone', async () => {
    const past = await aPast();
    const { world, run } = past;
    await run(world.declared('2', '26.1.0'));
    const first = world.nodes.get('glance-1');
    first?.answers.set('Test-Http', () => ({ ok: false, error: 'connection refused' }));
    expect(await run(world.declared('2', '28.2.0'))).toBeGreaterThan(0);
    first?.answers.clear();
    expect(versions(world)).toEqual(['28.2.0', '26.1.0', '26.1.0']);
    expect(await back(past)).toBe(0);
    expect(versions(world)).toEqual(Array(3).fill('26.1.0'));
  });

  test('goes to what is named: a version, a release, a kept one, or the run after which it was so', async () => {
    const past = await aPast();
    const { world, run } = past;
    await run(world.declared('2', '26.1.0'));
    await run(world.declared('3', '26.1.0'));
    await run(world.declared('4', '28.2.0'));
    const kept = await keptOn(world.reach());
    const runs = await past.runs();
    const all = (to: string): readonly string[] =>
      [...chooseNamed(kept, runs, to).values()].map(({ name }) => name);
    const [newest, middle, oldest] = (kept.get('glance-1') ?? []).map(({ name }) => name);
    expect(all('28.2.0')).toEqual(Array(3).fill(newest));
    expect(all('2023.1')).toEqual(Array(3).fill(middle));
    expect(all('run-1')).toEqual(Array(3).fill(oldest));
    expect(all(oldest ?? '')).toEqual(Array(3).fill(oldest));
    expect(() => chooseNamed(kept, runs, '25.1.0')).toThrow(InputError);
    expect(() => beforeLastRun(kept, [], names)).toThrow(/knows of no run to undo/);
    expect(await back(past, 'run-1')).toBe(0);
    expect([versions(world), settings(world)]).toEqual([Array(3).fill('26.1.0'), Array(3).fill('2')]);
  });

  test('is refused to a release whose schema a newer one has contracted', async () => {
    const { world, run } = await aPast();
    await run(world.declared('2', '26.1.0'));
    await run(world.declared('2', '28.2.0'));
    const told: Fact[] = [];
    const fits = () => assertSchemaFits('2023.1', names, world.reach(), (fact) => void told.push(fact));
    await fits();
    world.database.change('28.2.0', 'contract');
    const refusal = fits();
    await expect(refusal).rejects.toThrow(ResourceError);
    await expect(refusal).rejects.toThrow(
      '2023.1 does not run on this database: Glance 2024.1 has contracted its schema (2024_1_contract01)',
    );
    expect(told).toEqual([]);
  });

  test('converges wherever it was cut off', async () => {
    const prepared = async (): Promise<RunReference> => {
      const past = await aPast();
      await past.run(past.world.declared('2', '26.1.0'));
      await past.run(past.world.declared('2', '28.2.0'));
      return past;
    };
    const dry = await prepared();
    const whole = dry.world.nodes.get('glance-1')?.open();
    if (!whole) throw new Error('no node');
    expect(await back(dry, '26.1.0', new Map([...dry.world.reach(), ['glance-1', whole]]))).toBe(0);
    for (let at = 4; at < whole.calls(); at += 3) {
      const past = await prepared();
      const { world } = past;
      const connections = new Map(world.reach());
      const kept = await readGenerations(three, connections);
      const targets = new Map([...kept].map(([one, own]) => [one, chooseNamed(own, [], '26.1.0')]));
      const declared = await declareRollback(three, targets, connections, options);
      const cut = world.nodes.get('glance-1')?.open(at, at % 2 ? 'before' : 'after');
      if (cut) connections.set('glance-1', cut);
      await past.run(declared, { connections }).catch(() => {});
      expect(await back(past, '26.1.0'), `cut at call ${at}`).toBe(0);
      expect(versions(world)).toEqual(Array(3).fill('26.1.0'));
      expect(await pending(world, '2', '26.1.0'), `cut at call ${at}`).toBe(0);
    }
  });
});

describe('what a node keeps', () => {
  test('is the last three, the newest first, with their packages, and no secret is in its index', async () => {
    const { world, run } = await aPast();
    await run(world.declared('1', '26.1.0'));
    for (const setting of ['2', '3', '4']) await run(world.declared(setting, '28.2.0'));
    const files = world.nodes.get('glance-1')?.files ?? new Map<string, Buffer>();
    const kept = (await keptOn(world.reach())).get('glance-1') ?? [];
    expect(kept.map(({ version }) => version)).toEqual(['28.2.0', '28.2.0', '28.2.0']);
    const there = [...files.keys()].filter((path) => path.startsWith(`${windowsPaths.kept}\\`));
    expect(there).toHaveLength(3 + 2);
    expect([...files.keys()].filter((path) => path.endsWith('.msi'))).toHaveLength(1);
    const index = files.get(`${windowsPaths.kept}\\index.json`)?.toString('utf8') ?? '';
    expect(index).not.toContain(password);
    const { steps } = await makePlan(three, world.declared('5', '28.2.0'), world.reach());
    expect(JSON.stringify(steps)).not.toContain(password);
  });

  test('is only what it was healthy with', async () => {
    const { world, run } = await aPast();
    await run(world.declared('2', '26.1.0'));
    for (const node of world.nodes.values())
      node.answers.set('Test-Http', () => ({ ok: false, error: 'no' }));
    await run(world.declared('2', '28.2.0'));
    for (const own of (await keptOn(world.reach())).values())
      expect(own.map(({ version }) => version)).toEqual(['26.1.0']);
  });
});
