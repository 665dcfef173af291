import { readFileSync } from 'node:fs';
import { parseTarGzip } from 'nanotar';
import { afterEach, describe, expect, test } from 'vitest';
import { commonActions } from '../../src/charm/model/common-actions.ts';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { actions } from '../../src/juju/actions/index.ts';
import { credentials } from './model/charms.ts';
import { applicationNamed } from './model/model.ts';
import type { ActionRun } from './model/tools/tool.ts';
import {
  aCharmWorld,
  application,
  type CharmWorld,
  secretsIn,
  statusLines,
  type WorldOptions,
} from './world.ts';

let world: CharmWorld;
afterEach(() => world?.close());
const first = `${application}/0`;
const one = { units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } };

async function settled(options: WorldOptions = one): Promise<void> {
  world = await aCharmWorld(options);
  await world.settle();
}

async function act(name: string, parameters: ActionRun['parameters'] = {}): Promise<ActionRun> {
  const action: ActionRun = { name, parameters, results: {}, messages: [] };
  expect(await world.deliver(first, { kind: 'action', action })).toBe(0);
  return action;
}

const update = () => world.deliver(first, { kind: 'update-status' });
const state = () => world.nodes.get('hv-01')?.services.get('oriel-glance-api')?.status;
const conf = () => world.nodes.get('hv-01')?.files.get(`${windowsPaths.config}\\glance-api.conf`)?.toString();

test('every action of a charm is there, and no other', () => {
  expect(Object.keys(actions).sort()).toEqual(Object.keys(commonActions).sort());
});

test.each(Object.keys(commonActions).filter((name) => name !== 'openstack-upgrade'))(
  '%s fails with what is missing before there is anything',
  async (name) => {
    await settled({ units: 1, relations: [] });
    const { failed, results } = await act(name);
    expect([failed, results]).toEqual(['relation shared-db is missing (and 1 more)', {}]);
  },
);

test('pause stops the services, hooks leave them so, resume starts them', async () => {
  await settled();
  const paused = await act('pause');
  expect(paused).toMatchObject({ results: { outcome: 'paused', nodes: { 1: { name: 'hv-01' } } } });
  expect(paused.messages.join('\n')).toMatch(/hv-01\/glance\/service\/oriel-glance-api/);
  await update();
  expect([statusLines(world), state()]).toEqual([['maintenance: paused: run the action resume'], 'Stopped']);
  expect(await act('resume')).toMatchObject({ results: { outcome: 'resumed' } });
  await update();
  expect([statusLines(world), state()]).toEqual([['active: ready'], 'Running']);
});

test('pause fails where a node is not reached', async () => {
  await settled();
  world.control.lost = true;
  const { failed } = await act('pause');
  expect(failed).toMatch(/not every service stopped/);
  world.control.lost = false;
  await update();
  expect(statusLines(world)).toEqual(['active: ready']);
});

describe('drain', () => {
  test('without a load balancer says how to name one', async () => {
    await settled();
    expect((await act('drain')).failed).toMatch(
      /no load balancer is known: set rollout\.drain in site-config/,
    );
  });

  test('takes nodes out until resume', async () => {
    const command = '[node, -e, "process.exit(0)", "{action}", "{node}"]';
    const site = `rollout: { settle: 0s, drain: { command: ${command} } }`;
    await settled({ ...one, config: { ...one.config, 'site-config': site } });
    expect(await act('drain', { nodes: 'HV-01' })).toMatchObject({ results: { outcome: 'drained' } });
    await update();
    expect(statusLines(world)).toEqual(['maintenance: drained: run the action resume']);
    expect(await act('resume')).toMatchObject({ results: { outcome: 'resumed' } });
    expect(statusLines(world)).toEqual(['active: ready']);
  });

  test('of a node that the unit does not have names its own', async () => {
    await settled();
    expect((await act('drain', { nodes: 'hv-02' })).failed).toMatch(
      /has no node `hv-02` \(did you mean `hv-01`\?\)/,
    );
  });
});

test('restart-services restarts each, and tells which', async () => {
  await settled();
  const before = world.nodes.get('hv-01')?.effects.length ?? 0;
  const { results, messages } = await act('restart-services');
  expect(results).toEqual({
    outcome: 'restarted',
    services: { 1: { name: 'hv-01', service: 'oriel-glance-api' } },
  });
  expect(messages.join()).toContain('hv-01: oriel-glance-api restarted');
  expect(world.nodes.get('hv-01')?.effects.slice(before)).toEqual([
    'stop oriel-glance-api',
    'start oriel-glance-api',
  ]);
});

test('show-config shows what is composed and rendered, and no secret', async () => {
  await settled();
  const { results } = await act('show-config');
  const text = JSON.stringify(results);
  expect(JSON.parse(String(results.site))).toMatchObject({
    components: { glance: { database: { sync: true } } },
  });
  expect(results.files).toMatchObject({
    1: { node: 'hv-01', text: expect.stringContaining('[keystone_authtoken]') },
  });
  for (const secret of [credentials.database('mysql'), credentials.keystone('keystone')])
    for (const spelling of [secret, encodeURIComponent(secret)]) expect(text).not.toContain(spelling);
});

test('collect-logs gathers logs without secrets', async () => {
  await settled();
  const line = `ERROR cannot log in as glance:${encodeURIComponent(credentials.database('mysql'))}`;
  world.nodes
    .get('hv-01')
    ?.files.set(`${windowsPaths.logs}\\oriel-glance-api.log`, Buffer.from(`${line}\r\n`));
  const { results } = await act('collect-logs');
  expect(results.fetch).toBe(`juju scp ${first}:${results.path} .`);
  const files = await parseTarGzip(readFileSync(String(results.path)));
  const log = files.find(({ name }) => name.endsWith('oriel-glance-api.log'))?.text ?? '';
  expect(log).toContain('ERROR cannot log in as glance:[secret:');
  expect(files.map(({ name }) => name)).toContain('unit/journal.jsonl');
});

test('verify fails with the first check and its remedy', async () => {
  await settled();
  const { failed, results } = await act('verify', { 'size-mib': 1 });
  expect(failed).toMatch(/^\d+ of \d+ checks failed; the first: glance\/catalogue on keystone: POST .*\(/);
  expect(results.checks).toHaveProperty('1.verdict');
  expect(secretsIn(world)).toEqual([]);
});

describe('openstack-upgrade', () => {
  const managed = { ...one.config, 'action-managed-upgrade': true };

  test('is skipped where hooks upgrade', async () => {
    await settled();
    expect((await act('openstack-upgrade')).results).toEqual({
      outcome: 'action-managed-upgrade is false: hooks upgrade by themselves, skipped',
    });
  });

  test('has nothing to do where the release is there', async () => {
    await settled({ units: 1, config: managed });
    expect((await act('openstack-upgrade')).results).toEqual({
      outcome: 'no upgrade available',
      release: '2024.2',
    });
  });

  test('installs the release that hooks have held back', async () => {
    await settled({ units: 1, config: { ...managed, 'openstack-version': '2024.1' }, version: '28.2.0' });
    expect(statusLines(world)).toEqual(['active: ready']);
    const own = applicationNamed(world.model, application);
    own.config['openstack-version'] = '2024.2';
    await world.settle();
    expect(statusLines(world)).toEqual(['active: ready; the action openstack-upgrade is due']);
    expect((await act('openstack-upgrade')).failed).toMatch(
      /glance-msi is 28\.2\.0, and 2024\.2 is 29\.2\.1/,
    );
    await world.attach('29.2.1');
    await update();
    expect(world.model.units[first]?.version).toBe('2024.1');
    expect((await act('openstack-upgrade')).results).toEqual({
      outcome: 'success, upgrade completed',
      from: '2024.1',
      release: '2024.2',
    });
    expect(world.model.units[first]?.version).toBe('2024.2');
    expect(statusLines(world)).toEqual(['active: ready']);
  });
});

test('rollback returns to what was there, and hooks leave it so until resume', async () => {
  await settled();
  applicationNamed(world.model, application).config.workers = 5;
  await world.settle();
  expect(conf()).toContain('workers = 5');
  const { results, failed } = await act('rollback');
  expect(failed).toBeUndefined();
  expect(results).toMatchObject({
    outcome: 'rolled back',
    nodes: { 1: { name: 'hv-01', version: '29.2.1' } },
  });
  await update();
  expect(conf()).toContain('workers = 2');
  expect(statusLines(world)).toEqual(['maintenance: rolled back: run the action resume']);
  await act('resume');
  expect(conf()).toContain('workers = 5');
});

test('rollback to what is gone from the node says what can be done from Juju', async () => {
  await settled();
  applicationNamed(world.model, application).config.workers = 5;
  await world.settle();
  const files = world.nodes.get('hv-01')?.files;
  for (const path of files?.keys() ?? []) if (/\\[\d.]+-[0-9a-f]{12}\.json$/.test(path)) files?.delete(path);
  expect((await act('rollback')).failed).toMatch(
    /^hv-01: generation\/glance: the configuration of \S+ is gone: .* \(set the options of the charm as they were\)$/,
  );
});

test('15: names of nodes are values of results, and never keys', async () => {
  await settled({ units: 1, config: { 'windows-nodes': 'HV-01=10.0.0.11,hv_02=10.0.0.12' } });
  const { results } = await act('restart-services');
  expect(results.services).toEqual({
    1: { name: 'hv-01', service: 'oriel-glance-api' },
    2: { name: 'hv_02', service: 'oriel-glance-api' },
  });
});
