import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serviceName } from '../../src/components/glance/facts/paths.ts';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { InputError } from '../../src/errors.ts';
import type { Plan } from '../../src/plan/model/plan.ts';
import { makePlan } from '../../src/plan/observe/make-plan.ts';
import { isSealed, readPlan, type SavedPlan, seal, writePlan } from '../../src/plan/saved/saved-plan.ts';
import {
  allowedBy,
  assertSameInput,
  assertSameWork,
  type PlanOrigin,
  planDigests,
} from '../../src/plan/saved/stale-check.ts';
import { describeError } from '../../src/report/error.ts';
import { Secret } from '../../src/secret.ts';
import type { Deployment } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { applyAll, aWorld, conf, password, type World } from '../fixtures/glance-on-fakes.ts';

const salt = 'a salt of this deployment';
const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-plan-'));
  file = join(folder, 'change.json');
});

afterEach(() => rm(folder, { recursive: true }));

function originOf(world: World, site: Deployment = deployment, setting = '2'): PlanOrigin {
  return { site, declared: world.declared(setting), artifacts: [world.msi.sha256], salt };
}

function planOf(world: World, setting = '2'): Promise<Plan> {
  return makePlan(deployment, world.declared(setting), world.reach());
}

async function saved(world: World, setting = '2'): Promise<SavedPlan> {
  const plan = await planOf(world, setting);
  return seal(plan, deployment.file, {}, planDigests(originOf(world, deployment, setting), plan), salt);
}

describe('a saved plan', () => {
  test('is read as it was written, sealed, for its owner alone, and without secrets', async () => {
    const plan = await saved(await aWorld(deployment));
    await writePlan(file, plan);
    const read = await readPlan(file);
    expect(read).toEqual(plan);
    expect(read && isSealed(read, salt)).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    for (const secret of [password, salt, 'hunter2-database']) expect(text).not.toContain(secret);
  });

  test('replaces an older one, and never a file that is none', async () => {
    const plan = await saved(await aWorld(deployment));
    await writePlan(file, plan);
    await writePlan(file, plan);
    const site = join(folder, 'site.yaml');
    await writeFile(site, 'name: images\n');
    await expect(writePlan(site, plan)).rejects.toThrow(/is not a plan/);
    expect(await readFile(site, 'utf8')).toBe('name: images\n');
  });

  test('is not a site file, and a site file no plan', async () => {
    const site = join(folder, 'site.yaml');
    await writeFile(site, '{ name: images, nodes: {} }\n');
    expect(await readPlan(site)).toBeUndefined();
    expect(await readPlan(join(folder, 'none'))).toBeUndefined();
    expect(await readPlan(folder)).toBeUndefined();
  });

  test('that holds: the same site, packages and nodes', async () => {
    const world = await aWorld(deployment);
    const plan = await saved(world);
    const origin = originOf(world);
    assertSameInput(file, plan, origin);
    assertSameWork(file, plan, await planOf(world), origin);
    expect(allowedBy(plan)).toContain('glance-1/glance/package/oriel-glance');
  });
});

describe('a saved plan is refused', () => {
  const refused = (act: () => void, message: RegExp): void => {
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
  };

  test('when the site, a secret of it, or the package is another', async () => {
    const world = await aWorld(deployment);
    const plan = await saved(world);
    const origin = originOf(world);
    const other = aDeployment(deployment).withGlance({ workers: 9 }).build();
    const database = { ...settingsOf(deployment).database, password: new Secret('db_password', 'another') };
    const turned = aDeployment(deployment).withGlance({ database }).build();
    const more = aDeployment(deployment).withNode('glance-3').build();
    for (const site of [other, turned, more])
      refused(() => assertSameInput(file, plan, { ...origin, site }), /a secret in it, has changed/);
    refused(() => assertSameInput(file, plan, { ...origin, artifacts: ['0'] }), /package was built anew/);
    const warned = { ...deployment, warnings: [{ message: 'elsewhere' }] };
    assertSameInput(file, plan, { ...origin, site: warned });
  });

  test('when a node is not as it was, which is named', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const plan = await saved(world, '8');
    world.nodes.get('glance-2')?.files.set(conf, Buffer.from('by hand'));
    const now = await planOf(world, '8');
    refused(
      () => assertSameWork(file, plan, now, originOf(world, deployment, '8')),
      /nodes have moved on: glance-2\/glance\/file\/glance-api.conf: was update .*content differs/,
    );
    const gone = { ...now, steps: now.steps.filter(({ node }) => node === 'glance-1') };
    refused(() => assertSameWork(file, plan, gone, originOf(world)), /is no longer there/);
  });

  test('when the same changes would be made by other calls', async () => {
    const world = await aWorld(deployment);
    const plan = await saved(world);
    const origin = originOf(world);
    const declared = origin.declared.map((one) => ({
      ...one,
      resource: { ...one.resource, change: () => [] },
    }));
    const now = await planOf(world);
    refused(() => assertSameWork(file, plan, now, { ...origin, declared }), /with other calls/);
  });
});

test('what a saved plan does not change is left alone, and told', async () => {
  const world = await aWorld(deployment);
  await applyAll(world);
  const none = allowedBy(await planOf(world));
  const service = world.nodes.get('glance-1')?.services.get(serviceName);
  if (service) service.status = 'Stopped';
  const effects = world.nodes.get('glance-1')?.effects.length;
  const { outcome, facts } = await applyAll(world, { allowed: none });
  expect(outcome).toMatchObject({ changed: 0, failed: 1 });
  expect(world.nodes.get('glance-1')?.effects).toHaveLength(effects ?? 0);
  expect(facts.find((fact) => fact.kind === 'step-finished' && fact.result === 'failed')).toMatchObject({
    reason: 'not in the plan, and now: status Stopped, not Running',
  });
});

describe('a plan file from anybody', () => {
  type Edit = (plan: Record<string, unknown>) => unknown;
  const write = async (edit: Edit): Promise<void> => {
    const plan = JSON.parse(JSON.stringify(await saved(await aWorld(deployment))));
    const edited = edit(plan) ?? plan;
    await writeFile(file, typeof edited === 'string' ? edited : JSON.stringify(edited));
  };
  const step = (plan: Record<string, unknown>): Record<string, unknown> =>
    (plan.steps as Record<string, unknown>[])[0] ?? {};

  test.each<[string, Edit, RegExp]>([
    ['of a newer version', (plan) => ({ ...plan, version: 3 }), /version 3; this oriel knows version 2/],
    [
      'of version 1',
      (plan) => ({ ...plan, version: 1 }),
      /version 1; this oriel knows version 2[\s\S]*save it again: oriel plan SITE --out FILE/,
    ],
    ['without a version', ({ version: _, ...plan }) => plan, /is not a plan.*\(version\)/],
    ['that was printed only', ({ saved: _, ...plan }) => plan, /was printed and not saved/],
    ['torn off', (plan) => JSON.stringify(plan).slice(0, -200), /is a plan that is damaged/],
    ['with a step that is text', (plan) => ({ ...plan, steps: ['rm -rf /'] }), /\(steps\.0\)/],
    ['with many empty steps', (plan) => ({ ...plan, steps: Array(200_000).fill({}) }), /\(steps\.0\./],
    ['with another action', (plan) => void Object.assign(step(plan), { action: 'execute' }), /action/],
    ['with a call of its own', (plan) => void Object.assign(step(plan), { call: 'x' }), /call/],
    ['with a huge text', (plan) => void Object.assign(step(plan), { reason: 'a'.repeat(1e6) }), /reason/],
    ['with a huge key', (plan) => ({ ...plan, ['k'.repeat(1e6)]: 1 }), /is not a plan/],
    [
      'nested without end',
      () => `{"steps":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      /nested too deeply/,
    ],
    [
      'with a prototype',
      (plan) => JSON.stringify(plan).replace('{', '{"__proto__":{"version":1},'),
      /__proto__/,
    ],
    [
      'with a prototype in a state',
      (plan) => JSON.stringify(plan).replace('"desired":{', '"desired":{"__proto__":{},'),
      /__proto__/,
    ],
    ['with a date that is none', (plan) => ({ ...plan, created: 'yesterday' }), /\(created\)/],
  ])('%s is refused', async (_, edit, message) => {
    await write(edit);
    const error = await readPlan(file).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    const text = describeError(error, { debug: false });
    expect(text).toMatch(message);
    expect(text.length).toBeLessThan(5_000);
  });

  test.each<[string, Edit]>([
    ['a step less', (plan) => void (plan.steps as unknown[]).pop()],
    ['another order', (plan) => void (plan.steps as unknown[]).reverse()],
    ['another reason', (plan) => void Object.assign(step(plan), { reason: 'nothing to see' })],
    ['another site', (plan) => void Object.assign(plan.saved as object, { site: '/tmp/other.yaml' })],
    ['another time', (plan) => ({ ...plan, created: '2020-01-01T00:00:00.000Z' })],
    ['a seal of its own', (plan) => void Object.assign(plan.saved as object, { seal: '0'.repeat(64) })],
  ])('with %s has no seal', async (_, edit) => {
    await write(edit);
    const read = await readPlan(file);
    expect(read && isSealed(read, salt)).toBe(false);
  });

  test('with other form and the same data is the same plan; another salt seals another', async () => {
    await write((plan) => JSON.stringify(Object.fromEntries(Object.entries(plan).reverse()), null, 7));
    const read = await readPlan(file);
    expect(read && isSealed(read, salt)).toBe(true);
    expect(read && isSealed(read, 'another salt')).toBe(false);
  });

  test('does not move the cursor with what it says', async () => {
    await write((plan) => ({ ...plan, '\u001b[2J\u202eevil': 1 }));
    const error = await readPlan(file).catch((thrown: unknown) => thrown);
    const text = describeError(error, { debug: false });
    for (const acting of ['\u001b', '\u202e']) expect(text).not.toContain(acting);
  });
});
