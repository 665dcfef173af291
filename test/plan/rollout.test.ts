import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import type { Outcome } from '../../src/plan/apply/apply.ts';
import { type Connections, makePlan } from '../../src/plan/observe/make-plan.ts';
import { batchesOf, type RolloutOptions, rollOut } from '../../src/plan/rollout/rollout.ts';
import type { Declaration } from '../../src/resources/model/resource.ts';
import type { Rollout } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { aWorld, conf, fakeClock, type World } from '../fixtures/glance-on-fakes.ts';

const three = aDeployment().withNode('glance-1').withNode('glance-2').withNode('glance-3').build();
const names = ['glance-1', 'glance-2', 'glance-3'];
const careful: Rollout = three.rollout;

interface RolloutResult {
  readonly outcome: Outcome;
  readonly facts: readonly Fact[];
}

async function roll(
  world: World,
  rollout: Partial<Rollout> = {},
  more: Partial<RolloutOptions> & {
    readonly connections?: Connections;
    readonly setting?: string;
    readonly declared?: readonly Declaration[];
  } = {},
): Promise<RolloutResult> {
  const { connections = world.reach(), setting = '2', declared = world.declared(setting), ...options } = more;
  const never = new AbortController().signal;
  const facts: Fact[] = [];
  const plan = await makePlan(three, declared, connections);
  const outcome = await rollOut(declared, connections, plan, {
    ...{ stop: never, abort: never, clock: fakeClock(), rollout: { ...careful, ...rollout } },
    ...options,
    emit(fact) {
      facts.push(fact);
      options.emit?.(fact);
    },
  });
  return { outcome, facts };
}

const effects = (world: World, node: string): readonly string[] => world.nodes.get(node)?.effects ?? [];
const warnings = ({ facts }: RolloutResult): string =>
  facts.map((fact) => (fact.kind === 'note' ? fact.message : '')).join('');

test.each<[Partial<Rollout>, string]>([
  [{ serial: 1 }, 'a|b|c|d|e'],
  [{ serial: 2 }, 'a|bc|de'],
  [{ serial: 2, canary: false }, 'ab|cd|e'],
  [{ serial: '50%' }, 'a|bc|de'],
  [{ serial: '1%', canary: false }, 'a|b|c|d|e'],
  [{ serial: '100%' }, 'a|bcde'],
  [{ serial: 100, canary: false }, 'abcde'],
])('batches of %j are %s', (rollout, expected) => {
  const batches = batchesOf([...'abcde'], { ...careful, ...rollout });
  expect(batches.map((batch) => batch.join('')).join('|')).toBe(expected);
  expect(batchesOf([], { ...careful, ...rollout })).toEqual([]);
});

describe('a rollout', () => {
  test('changes one node whole before it begins with the next, and then has nothing to do', async () => {
    const world = await aWorld(three);
    const first = await roll(world);
    expect(first.outcome).toMatchObject({ failed: 0, skipped: 0 });
    const begun = first.facts.flatMap((fact) => (fact.kind === 'step-started' ? [fact.node] : []));
    expect(begun.filter((node, index) => node !== begun[index - 1])).toEqual(names);
    const calls = names.map((name) => effects(world, name).length);
    const gate = async (): Promise<string> => 'nobody asked';
    const second = await roll(world, { settle: 30 }, { gate });
    expect(second.outcome).toMatchObject({ changed: 0, failed: 0, skipped: 0 });
    expect(names.map((name) => effects(world, name).length)).toEqual(calls);
    expect(second.facts.filter(({ kind }) => kind === 'check-finished')).toEqual([]);
  });

  test('changes the nodes of a batch side by side: none waits for the health of another', async () => {
    const world = await aWorld(three);
    world.nodes.get('glance-2')?.answers.set('Test-Http', () => ({ ok: false, error: 'connection refused' }));
    const { outcome } = await roll(world, { serial: 2 });
    expect(outcome).toMatchObject({ failed: 1, skipped: 1 });
    expect(effects(world, 'glance-3')).toContain(`start ${serviceName}`);
  });

  test('stops where the gate of the second node is closed: the third is untouched, and the report says why', async () => {
    const world = await aWorld(three);
    const gate = async (node: string) => (node === 'glance-2' ? 'upload: 410: no store' : undefined);
    const rolled = await roll(world, {}, { gate });
    expect(rolled.outcome.failed).toBe(1);
    expect(rolled.outcome.skipped).toBeGreaterThan(5);
    expect(effects(world, 'glance-1')).toContain(`start ${serviceName}`);
    expect(effects(world, 'glance-3')).toEqual([]);
    expect(warnings(rolled)).toBe(
      'rollout stopped after batch 2 of 3 (max_failures: 0): glance-2: upload: 410: no store; not touched: glance-3',
    );
    expect(rolled.facts).toContainEqual(
      expect.objectContaining({
        kind: 'check-finished',
        check: 'rollout/gate',
        node: 'glance-2',
        verdict: 'fail',
      }),
    );
  });

  test('fails also where the last gate is closed', async () => {
    const world = await aWorld(three);
    const { outcome } = await roll(
      world,
      {},
      { gate: async (node) => (node === 'glance-3' ? 'no' : undefined) },
    );
    expect(outcome).toMatchObject({ failed: 1, skipped: 0 });
  });

  test('stops where a step fails, and goes on where as many failures are allowed', async () => {
    for (const maxFailures of [0, 1]) {
      const world = await aWorld(three);
      world.nodes.get('glance-2')?.exitCodes.push(1603);
      const rolled = await roll(world, { maxFailures });
      expect(rolled.outcome.failed).toBe(1);
      expect(effects(world, 'glance-3').includes(`start ${serviceName}`)).toBe(maxFailures === 1);
      expect(warnings(rolled).includes('glance-2: glance/package/oriel-glance failed')).toBe(
        maxFailures === 0,
      );
    }
  });

  test('does not start a service on a schema that failed, however many failures are allowed', async () => {
    const world = await aWorld(three);
    world.nodes.get('glance-1')?.exitCodes.push(0, 1);
    await roll(world, { maxFailures: 5 });
    for (const name of names) expect(effects(world, name)).not.toContain(`start ${serviceName}`);
  });

  test('watches a changed node for as long as it has to settle', async () => {
    const world = await aWorld(three);
    await roll(world);
    const node = world.nodes.get('glance-1');
    let asked = 0;
    // Healthy after its restart, and down a while later.
    node?.answers.set('Test-Http', () => {
      asked += 1;
      return asked < 12 ? { ok: true, status: 200 } : { ok: false, error: 'connection refused' };
    });
    const before = effects(world, 'glance-2').length;
    const rolled = await roll(world, { settle: 30 }, { setting: '8' });
    expect(rolled.outcome.failed).toBe(1);
    expect(warnings(rolled)).toContain(
      'glance-1/glance/http-health/glance did not hold: status none, not 200',
    );
    expect(effects(world, 'glance-2')).toHaveLength(before);
    node?.answers.delete('Test-Http');
    const { facts } = await roll(world, { settle: 30 }, { setting: '8' });
    expect(facts).toContainEqual(
      expect.objectContaining({
        check: 'rollout/settle',
        node: 'glance-2',
        verdict: 'pass',
        message: 'healthy for 30 s',
      }),
    );
  });

  test('takes the first node that has changes for its canary, and leaves the others alone', async () => {
    const world = await aWorld(three);
    await roll(world);
    for (const name of ['glance-2', 'glance-3'])
      world.nodes.get(name)?.files.set(conf, Buffer.from('by hand'));
    const seen: string[] = [];
    const { outcome } = await roll(
      world,
      { serial: '100%' },
      { gate: async (node) => void seen.push(node) as undefined },
    );
    expect(seen).toEqual(['glance-2', 'glance-3']);
    expect(outcome).toMatchObject({ failed: 0, skipped: 0 });
  });

  test('changes what serves nobody first, one by one, in no load balancer and without the gate of an image', async () => {
    const world = await aWorld(three);
    const seen: string[] = [];
    const gate = async (node: string) => void seen.push(node) as undefined;
    const balancer = {
      isDrained: async () => false,
      async drain({ name }: { readonly name: string }) {
        seen.push(`${name} out`);
        return 0;
      },
      undrain: async () => {},
    };
    const draining = { balancer, nodes: three.nodes };
    const options = { gate, draining, storageOnly: new Set(['glance-3']) };
    // The schema is of the first node, so its other steps have to wait for nothing here.
    const own = (node: string) => (one: Declaration) =>
      one.node === node && one.resource.kind === 'directory';
    const declared = ['glance-3', 'glance-1', 'glance-2'].flatMap((node) =>
      world.declared().filter(own(node)),
    );
    const { outcome, facts } = await roll(world, {}, { ...options, declared });
    expect(outcome).toMatchObject({ failed: 0, skipped: 0 });
    const begun = facts.flatMap((fact) => (fact.kind === 'step-started' ? [fact.node] : []));
    expect([...new Set(begun)]).toEqual(['glance-3', 'glance-1', 'glance-2']);
    expect(seen).toEqual(['glance-1 out', 'glance-1', 'glance-2 out', 'glance-2']);
  });

  test('counts a node that is not reached as failed before it begins', async () => {
    for (const maxFailures of [0, 1]) {
      const world = await aWorld(three);
      world.database.heads = ['2024_1_contract01'];
      const connections = new Map(world.reach());
      connections.set('glance-3', new SessionError('glance-3', 'unreachable', 'no route to host'));
      const rolled = await roll(world, { maxFailures }, { connections });
      expect(effects(world, 'glance-1').length > 0).toBe(maxFailures === 1);
      expect(rolled.outcome.skipped).toBeGreaterThan(10);
      expect(warnings(rolled).includes('glance-3: it is not reached; not touched: glance-1, glance-2')).toBe(
        maxFailures === 0,
      );
    }
  });

  test('begins no batch after Ctrl-C, and does not call the nodes failed', async () => {
    const world = await aWorld(three);
    const stop = new AbortController();
    const emit = (fact: Fact): void => {
      if (fact.kind === 'step-started' && fact.step === 'glance-1/glance/package/oriel-glance') stop.abort();
    };
    const rolled = await roll(world, {}, { stop: stop.signal, emit });
    expect(effects(world, 'glance-1')).toContain('install 29.2.1');
    expect(effects(world, 'glance-2')).toEqual([]);
    expect(warnings(rolled)).toBe(
      'rollout stopped after batch 1 of 3 as asked; not touched: glance-2, glance-3',
    );
  });
});
