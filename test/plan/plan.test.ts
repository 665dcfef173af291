import { describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { CallError, InputError, SessionError } from '../../src/errors.ts';
import { actionDone, actionOf, diff } from '../../src/plan/model/diff.ts';
import { onlyNodes } from '../../src/plan/model/only-nodes.ts';
import type { Plan } from '../../src/plan/model/plan.ts';
import { type Connections, makePlan } from '../../src/plan/observe/make-plan.ts';
import { planTable } from '../../src/report/plan-table.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf as confPath, password, type World } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
const now = (): Date => new Date('2026-01-02T03:04:05Z');

function planOf(world: World, setting?: string, connections: Connections = world.reach()): Promise<Plan> {
  return makePlan(deployment, world.declared(setting), connections, { now });
}

function stepOf(plan: Plan, id: string) {
  const step = plan.steps.find((each) => each.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
}

describe('diff', () => {
  test('compares what is wanted, deeply, and nothing else', () => {
    expect(diff({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }], c: 3 })).toEqual([]);
    expect(diff({ a: [1], d: null }, { a: [1, 2] })).toEqual([{ property: 'a', from: [1, 2], to: [1] }]);
    expect(diff({ a: 1 }, {})).toEqual([{ property: 'a', from: null, to: 1 }]);
  });

  test('names what a difference means', () => {
    expect(actionOf([])).toBe('none');
    expect(actionOf(diff({ exists: true, x: 1 }, { exists: false }))).toBe('create');
    expect(actionOf(diff({ exists: false }, { exists: true }))).toBe('remove');
    expect(actionOf(diff({ exists: true, x: 1 }, { exists: true, x: 2 }))).toBe('update');
    expect(actionOf(diff({ schema: 'current' }, { schema: 'old' }), 'run')).toBe('run');
  });

  test('names what a step did', () => {
    const made = diff({ exists: true }, { exists: false });
    expect(actionDone(made, {})).toBe('created');
    expect(actionDone(made, { done: 'installed' })).toBe('installed');
    expect(actionDone(diff({ exists: false }, { exists: true }), { done: 'installed' })).toBe('removed');
    expect(actionDone(diff({ pending: false }, { pending: true }), { does: 'run', done: 'restarted' })).toBe(
      'restarted',
    );
    expect(actionDone(diff({ x: 1 }, { x: 2 }), { done: 'installed' })).toBe('changed');
  });
});

describe('plan', () => {
  test('of empty nodes: what depends on pending changes is not observed and says on what', async () => {
    const world = await aWorld(deployment);
    const plan = await planOf(world);
    expect(plan).toMatchObject({ version: 2, deployment: 'images-test', created: now().toISOString() });
    expect(stepOf(plan, 'glance-1/glance/package/oriel-glance')).toMatchObject({ action: 'create' });
    expect(stepOf(plan, 'glance-1/glance/directory/packages')).toMatchObject({
      action: 'create',
      reason: 'missing',
    });
    expect(stepOf(plan, 'glance-1/glance/file/glance-api.conf').action).toBe('create');
    const service = stepOf(plan, `glance-2/glance/service/${serviceName}`);
    expect(service).toMatchObject({ action: 'unknown', observed: null });
    expect(service.reason).toContain(
      'known after glance/package/oriel-glance, glance/directory/config, glance/directory/log and 3 more',
    );
    expect(service.after).toContain('glance-1/glance/database-schema/glance');
    expect(plan.steps.filter(({ kind }) => kind === 'database-schema').map(({ node }) => node)).toEqual([
      'glance-1',
    ]);
    expect([...world.nodes.values()].flatMap(({ effects }) => effects)).toEqual([]);
  });

  test('after an apply is empty, and says so', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const plan = await planOf(world);
    expect(plan.steps.filter(({ action }) => action !== 'none')).toEqual([]);
    expect(planTable(plan)).toContain(`No changes: ${plan.steps.length} steps are in sync.`);
  });

  test('says that a service restarts after a file, and leaves other nodes alone', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    world.nodes.get('glance-1')?.files.set(confPath, Buffer.from('changed by hand'));
    const plan = await planOf(world);
    expect(stepOf(plan, `glance-1/glance/service/${serviceName}`)).toMatchObject({
      action: 'update',
      reason: 'restarts after glance/file/glance-api.conf',
      restarts: ['glance-1/glance/file/glance-api.conf'],
    });
    expect(plan.steps.filter(({ node, action }) => node === 'glance-2' && action !== 'none')).toEqual([]);
  });

  test('sees drift that nothing else explains', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const service = world.nodes.get('glance-2')?.services.get(serviceName);
    if (service) service.status = 'Stopped';
    const plan = await planOf(world);
    expect(stepOf(plan, `glance-2/glance/service/${serviceName}`)).toMatchObject({
      action: 'update',
      changes: [{ property: 'status', from: 'Stopped', to: 'Running' }],
    });
    expect(stepOf(plan, 'glance-2/glance/http-health/glance').action).toBe('unknown');
  });

  test('names a node that is not reached and goes on with the others', async () => {
    const world = await aWorld(deployment);
    const connections = new Map(world.reach());
    connections.set('glance-1', new SessionError('glance-1', 'unreachable', 'no route to host'));
    const plan = await planOf(world, '2', connections);
    expect(plan.nodes[0]).toEqual({ name: 'glance-1', platform: 'unreachable', error: 'no route to host' });
    expect(plan.steps.every(({ node }) => node === 'glance-2')).toBe(true);
    expect(stepOf(plan, `glance-2/glance/service/${serviceName}`).after).toContain(
      'glance-1/glance/database-schema/glance',
    );
    expect(planTable(plan)).toContain('1 of 2 nodes not reached');
  });

  test('names what cannot be observed: a refused call, an answer without sense, words of the resource', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const node = world.nodes.get('glance-1');
    node?.answers.set('Get-MsiProduct', () => ({ products: 7 }));
    node?.answers.set('Get-ServiceState', ({ call, name }) => {
      if (name !== serviceName) return { exists: false };
      throw new CallError('glance-1', call, 'AccessDenied', 'access is denied');
    });
    const plan = await planOf(world);
    const product = stepOf(plan, 'glance-1/glance/package/oriel-glance');
    expect(product).toMatchObject({ action: 'unknown', observed: null, reason: 'cannot be observed' });
    expect(product.error?.message).toContain('makes no sense');
    expect(stepOf(plan, `glance-1/glance/service/${serviceName}`)).toMatchObject({ action: 'unknown' });
    expect(planTable(plan)).toMatch(
      /! +glance\/package\/oriel-glance +cannot be observed: Get-MsiProduct: the answer makes no sense/,
    );
  });

  test.each<[string, unknown]>([
    ['a huge text', 'a'.repeat(1e6)],
    ['a list without end', Array.from({ length: 20_000 }, () => 1)],
    ['a prototype', JSON.parse('{"__proto__":{"x":1}}')],
    ['nothing at all', Number.NaN],
  ])('does not take %s for the state of a service', async (_, status) => {
    const world = await aWorld(deployment);
    await applyAll(world);
    world.nodes
      .get('glance-1')
      ?.answers.set('Get-ServiceState', ({ name }) =>
        name === serviceName ? { exists: true, status, startMode: 'Auto' } : { exists: false },
      );
    const plan = await planOf(world);
    const step = stepOf(plan, `glance-1/glance/service/${serviceName}`);
    expect(step.error?.message).toContain('makes no sense');
    expect(JSON.stringify(step).length).toBeLessThan(5_000);
  });

  test('never holds a secret', async () => {
    const world = await aWorld(deployment);
    const empty = await planOf(world);
    await applyAll(world);
    const changed = await planOf(world, '8');
    for (const plan of [empty, changed]) {
      expect(JSON.stringify(plan)).not.toContain(password);
      expect(JSON.stringify(plan)).not.toContain('a salt');
      expect(planTable(plan)).not.toContain(password);
    }
  });
});

test('onlyNodes takes the named nodes, and refuses a name that is none with the nearest', () => {
  expect(onlyNodes(deployment, ['glance-2']).nodes.map(({ name }) => name)).toEqual(['glance-2']);
  expect(onlyNodes(deployment).nodes).toHaveLength(2);
  expect(() => onlyNodes(deployment, ['glance-3'])).toThrow(InputError);
  expect(() => onlyNodes(deployment, ['glanc-1'])).toThrow(/no node `glanc-1`[\s\S]*`glance-1`/);
});
