import { describe, expect, test } from 'vitest';
import { declareGlanceRemoval } from '../../src/components/glance/declare/removal.ts';
import { serviceName, windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { settingsOf } from '../../src/components/glance/site/settings.ts';
import { InternalError, SessionError } from '../../src/errors.ts';
import type { Fact } from '../../src/events/events.ts';
import { applySteps } from '../../src/plan/apply/apply.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { type Applied, applyAll, aWorld, conf, fakeClock, password } from '../fixtures/glance-on-fakes.ts';

const deployment = aDeployment().withNode('glance-1').withNode('glance-2').build();
const product = 'glance-1/glance/package/oriel-glance';
const api = `glance-1/glance/service/${serviceName}`;

function finished({ facts }: Pick<Applied, 'facts'>, step: string) {
  return facts.find((fact) => fact.kind === 'step-finished' && fact.step === step) as Extract<
    Fact,
    { kind: 'step-finished' }
  >;
}

function messages({ facts }: Applied): string {
  return facts.map((fact) => ('message' in fact ? fact.message : '')).join('\n');
}

describe('apply', () => {
  test('brings empty nodes up, services after the schema, and then has nothing to do', async () => {
    const world = await aWorld(deployment);
    const first = await applyAll(world);
    expect(first.outcome).toMatchObject({ failed: 0, skipped: 0 });
    expect(world.database.heads).toEqual(['2024_1_contract01']);
    expect(finished(first, product)).toMatchObject({ result: 'changed', action: 'installed' });
    expect(finished(first, 'glance-1/glance/file/glance-api.conf')).toMatchObject({ action: 'created' });
    expect(finished(first, 'glance-1/glance/database-schema/glance')).toMatchObject({ action: 'changed' });
    const ends = first.facts.filter((fact) => fact.kind === 'step-finished').map(({ step }) => step);
    const order = ['glance-1/glance/database-schema/glance', api, `glance-2/glance/service/${serviceName}`];
    const begun = ends.filter((step) => order.includes(step));
    expect(begun[0]).toBe(order[0]);
    expect(begun.toSorted()).toEqual(order.toSorted());
    const before = [...world.nodes.values()].map(({ effects }) => effects.length);
    const second = await applyAll(world);
    expect(second.outcome).toMatchObject({ changed: 0, failed: 0, skipped: 0 });
    expect([...world.nodes.values()].map(({ effects }) => effects.length)).toEqual(before);
    expect(second.facts.filter(({ kind }) => kind === 'step-started')).toEqual([]);
  });

  test('restarts a service after its file, and leaves it alone after one that only glance-manage reads', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const node = world.nodes.get('glance-1');
    node?.effects.splice(0);
    node?.files.delete(`${windowsPaths.config}\\glance-manage.conf`);
    await applyAll(world);
    expect(node?.effects).toEqual([`write ${windowsPaths.config}\\glance-manage.conf`]);
    node?.files.set(conf, Buffer.from('by hand'));
    const again = await applyAll(world);
    expect(finished(again, api)).toMatchObject({
      result: 'changed',
      action: 'restarted',
      reason: 'restarts after glance/file/glance-api.conf',
    });
    expect(node?.effects.slice(-3)).toEqual([
      `stop ${serviceName}`,
      expect.stringContaining('write'),
      `start ${serviceName}`,
    ]);
  });

  test('restarts a service that was restarted by hand with a file that was changed by hand', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const node = world.nodes.get('glance-1');
    const service = node?.services.get(serviceName);
    node?.files.set(conf, Buffer.from('by hand'));
    if (service) service.startedWith = 'by hand';
    await applyAll(world);
    expect(service?.startedWith).toBe(node?.readNow());
  });

  test('waits while Windows installs something else, and tells a wanted restart', async () => {
    const world = await aWorld(deployment);
    world.nodes.get('glance-1')?.exitCodes.push(1618, 1618);
    const applied = await applyAll(world);
    expect(applied.outcome.failed).toBe(0);
    expect(messages(applied)).toContain('waits for its turn');
    expect(world.nodes.get('glance-1')?.effects.filter((effect) => effect === 'install 29.2.1')).toHaveLength(
      1,
    );
  });

  test('gives up on an installer that is busy for ever', async () => {
    const world = await aWorld(deployment);
    world.nodes.get('glance-1')?.exitCodes.push(...Array.from({ length: 1000 }, () => 1618));
    const { reason } = finished(await applyAll(world), product);
    expect(reason).toContain('another installation was running all the time');
  });

  test('explains a failed installation by its log, ends that node, and skips what needs it elsewhere', async () => {
    const world = await aWorld(deployment);
    const node = world.nodes.get('glance-1');
    node?.exitCodes.push(1603);
    const log = `${windowsPaths.packages}\\oriel-glance-29.2.1-${world.msi.sha256.slice(0, 12)}.log`;
    node?.files.set(
      log,
      Buffer.from('Product: Oriel Glance -- Error 1920. Service failed.\r\nx. Return value 3.\r\n'),
    );
    const applied = await applyAll(world);
    expect(finished(applied, product)).toMatchObject({ result: 'failed' });
    expect(finished(applied, product).reason).toContain('Error 1920. Service failed.');
    expect(finished(applied, api)).toMatchObject({ result: 'skipped' });
    expect(finished(applied, `glance-2/glance/service/${serviceName}`).result).toBe('skipped');
    expect(finished(applied, 'glance-2/glance/package/oriel-glance').result).toBe('changed');
    expect((await applyAll(world)).outcome).toMatchObject({ failed: 0, skipped: 0 });
  });

  test('fails where a program reports success and nothing is different', async () => {
    const world = await aWorld(deployment);
    world.nodes.get('glance-1')?.packages.clear();
    expect(finished(await applyAll(world), product)).toMatchObject({ result: 'failed' });
  });

  test('asks a service for its health for a while, and says what it got', async () => {
    const world = await aWorld(deployment);
    let refusals = 3;
    const refused = { ok: false, error: 'connection refused' };
    const node = world.nodes.get('glance-1');
    node?.answers.set('Test-Http', () => (refusals-- > 0 ? refused : { ok: true, status: 200 }));
    expect(finished(await applyAll(world), 'glance-1/glance/http-health/glance')).toMatchObject({
      result: 'unchanged',
    });
    node?.answers.set('Test-Http', () => refused);
    const { reason } = finished(await applyAll(world), 'glance-1/glance/http-health/glance');
    expect(reason).toBe('after 180 s still: status none, not 200 (connection refused)');
  });

  test('skips a node that is not reached, and says so', async () => {
    const world = await aWorld(deployment);
    const connections = new Map(world.reach());
    connections.set('glance-2', new SessionError('glance-2', 'unreachable', 'no route to host'));
    const applied = await applyAll(world, { connections });
    expect(finished(applied, 'glance-2/glance/directory/packages')).toMatchObject({
      result: 'skipped',
      reason: 'the node is not reached',
    });
    expect(finished(applied, 'glance-1/glance/http-health/glance').result).toBe('unchanged');
  });

  test('stopped once: the step under way ends, no other begins', async () => {
    const world = await aWorld(deployment);
    const stop = new AbortController();
    const onFact = (fact: Fact): void => {
      if (fact.kind === 'step-started' && fact.step === product) stop.abort();
    };
    const applied = await applyAll(world, { stop: stop.signal, onFact });
    expect(finished(applied, product).result).toBe('changed');
    expect(finished(applied, 'glance-1/glance/directory/config')).toMatchObject({
      result: 'skipped',
      reason: 'not begun: the run was stopped',
    });
  });

  test('stopped twice: the step under way is given up and said to be unknown; the next run ends it', async () => {
    const world = await aWorld(deployment);
    const stop = new AbortController();
    const onFact = (fact: Fact): void => {
      if (fact.kind === 'step-progress' && fact.step === product && fact.message.startsWith('installs'))
        stop.abort();
    };
    const applied = await applyAll(world, { stop: stop.signal, abort: stop.signal, onFact });
    expect(finished(applied, product)).toMatchObject({ result: 'failed' });
    expect(finished(applied, product).reason).toMatch(/aborted \(installs .*\); the state is unknown/);
    expect((await applyAll(world)).outcome.failed).toBe(0);
    expect(world.nodes.get('glance-1')?.effects.filter((effect) => effect === 'install 29.2.1')).toHaveLength(
      1,
    );
  });

  test('never tells a secret', async () => {
    const world = await aWorld(deployment);
    world.nodes.get('glance-2')?.exitCodes.push(1603);
    const { facts } = await applyAll(world);
    expect(JSON.stringify(facts)).not.toContain(password);
    expect(JSON.stringify(facts)).not.toContain(Buffer.from(password).toString('base64').slice(0, 20));
  });

  test('refuses steps that wait for what comes after them', async () => {
    const world = await aWorld(deployment);
    const backwards = [...world.declared()].reverse();
    const { signal } = new AbortController();
    const options = { emit: () => {}, stop: signal, abort: signal, clock: fakeClock() };
    await expect(applySteps(backwards, world.reach(), options)).rejects.toThrow(InternalError);
  });

  test('takes away what it made, twice, and leaves the logs', async () => {
    const world = await aWorld(deployment);
    await applyAll(world);
    const declared = declareGlanceRemoval(deployment, world.msi.upgradeCode);
    const { signal } = new AbortController();
    const options = { emit: () => {}, stop: signal, abort: signal, clock: fakeClock() };
    expect(await applySteps(declared, world.reach(), options)).toMatchObject({ failed: 0, skipped: 0 });
    for (const node of world.nodes.values()) {
      expect([node.products.size, node.services.size, node.files.size]).toEqual([0, 0, 0]);
      expect([...node.directories]).toEqual([
        windowsPaths.root,
        windowsPaths.logs,
        settingsOf(deployment).staging,
      ]);
    }
    expect(await applySteps(declared, world.reach(), options)).toMatchObject({
      changed: 0,
      failed: 0,
      skipped: 0,
    });
    const all = declareGlanceRemoval(deployment, world.msi.upgradeCode, true);
    expect(await applySteps(all, world.reach(), options)).toMatchObject({ failed: 0, skipped: 0 });
    for (const node of world.nodes.values()) expect([...node.directories]).toEqual([windowsPaths.root]);
  });
});
