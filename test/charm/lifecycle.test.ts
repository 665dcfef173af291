import { afterEach, describe, expect, test } from 'vitest';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { whole } from '../extent.ts';
import { credentials, keystone } from './model/charms.ts';
import { addUnit, applicationNamed, relationNamed } from './model/model.ts';
import { aCharmWorld, application, type CharmWorld, relate, statusLines } from './world.ts';

let world: CharmWorld;
afterEach(() => world.close());
const effects = () => [...world.nodes.values()].flatMap(({ effects: all }) => all);
const unit = (number: number) => `${application}/${number}`;

/** A key of the configuration of the first node. */
const configured = (key: string) =>
  new RegExp(`^${key} = (.*?)\\r?$`, 'm').exec(
    world.nodes.get('hv-01')?.files.get(`${windowsPaths.config}\\glance-api.conf`)?.toString() ?? '',
  )?.[1];

test.each(['proxy', 'native'] as const)(
  'a %s charm grows from one unit to three and shrinks again',
  async (flavour) => {
    world = await aCharmWorld({ flavour, units: 1 });
    await world.settle();
    for (let count = 0; count < 2; count += 1) addUnit(world.model, application);
    await world.settle();
    const standby = 'active: standby: other units have the nodes';
    expect(statusLines(world)).toEqual([
      'active: ready',
      'active: ready',
      flavour === 'proxy' ? standby : 'active: ready',
    ]);
    const installed = effects().filter((effect) => effect.startsWith('install'));
    expect(installed).toHaveLength(flavour === 'proxy' ? 2 : 3);
    for (const number of [2, 0]) await world.removeUnit(unit(number));
    await world.settle();
    expect(statusLines(world)).toEqual(['active: ready']);
    expect(effects().filter((effect) => /^(uninstall|stop)/.test(effect))).toEqual([]);
    const nodes = world.model.relations['cluster:0']?.bags[application]?.nodes;
    if (flavour === 'proxy') expect(JSON.parse(nodes ?? '')).toEqual({ [unit(1)]: ['hv-01', 'hv-02'] });
  },
);

test('the last unit uninstalls where uninstall-on-remove says so, and no other one does', async () => {
  world = await aCharmWorld({ config: { 'uninstall-on-remove': true } });
  await world.settle();
  await world.removeUnit(unit(1));
  expect(effects().filter((effect) => effect.startsWith('uninstall'))).toEqual([]);
  await world.settle();
  await world.removeUnit(unit(0));
  expect(effects().filter((effect) => effect.startsWith('uninstall'))).toHaveLength(2);
});

test('a native unit uninstalls from its own machine, in its last hook where it could not before', async () => {
  world = await aCharmWorld({ flavour: 'native', config: { 'uninstall-on-remove': true } });
  await world.settle();
  const uninstalled = () => effects().filter((effect) => effect.startsWith('uninstall'));
  world.control.lost = true;
  await world.deliver(unit(1), { kind: 'stop' });
  expect([statusLines(world)[1], uninstalled()]).toEqual([expect.stringMatching(/^waiting: /), []]);
  world.control.lost = false;
  await world.deliver(unit(1), { kind: 'remove' });
  expect([statusLines(world)[1], uninstalled()]).toEqual(['maintenance: leaving', [expect.anything()]]);
});

test('leadership that changes while the schema is prepared leaves one schema', async () => {
  world = await aCharmWorld();
  const own = applicationNamed(world.model, application);
  let changed = false;
  world.control.refuses = (name, args) => {
    // The schema was prepared: the old leader can no longer say so.
    if (!changed && name === 'application-version-set') {
      changed = true;
      own.leader = unit(1);
    }
    return changed && name === 'relation-set' && args.includes('--app') && own.leader !== unit(1);
  };
  await world.settle();
  expect(changed).toBe(true);
  expect(statusLines(world)).toEqual(['active: ready', 'active: ready']);
  expect(effects().filter((effect) => effect === 'populate')).toHaveLength(1);
});

// At a refresh Juju keeps what the type of the new charm can hold, drops what it cannot, and whoever has set nothing gets its default.
test.each([
  ['has set one that is kept', { workers: 8 }, '8'],
  ['has set none, or one that is dropped', {}, '6'],
])('a charm with other options comes to a user who %s', async (_, kept, workers) => {
  world = await aCharmWorld({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } });
  const own = applicationNamed(world.model, application);
  const { workers: _workers, debug: _debug, ...common } = own.defaults;
  const { config } = own;
  Object.assign(own, { defaults: { ...common, gone: 'a' }, config: { ...config, 'gone-too': 3 } });
  await world.settle();
  world.control.build = 'build-2';
  Object.assign(own, { defaults: { ...common, debug: true, workers: 6 }, config: { ...config, ...kept } });
  await world.deliver(unit(0), { kind: 'upgrade-charm' });
  await world.settle();
  expect(statusLines(world)).toEqual(['active: ready']);
  expect(configured('workers')).toBe(workers);
  expect(configured('debug')).toBe('true');
  expect(effects().filter((effect) => /^(un)?install|populate/.test(effect))).toHaveLength(2);
});

test('a relation that is joined again with other credentials brings those alone', async () => {
  world = await aCharmWorld({
    ...{ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } },
    others: { 'other-keystone': keystone },
  });
  await world.settle();
  relationNamed(world.model, 'identity-service:2').removed = true;
  await world.settle();
  expect(statusLines(world)).toEqual(['blocked: relation identity-service is missing']);
  const id = relate(world.model, 'keystone', 'identity-service', 'other-keystone:identity-service');
  await world.settle();
  expect(statusLines(world)).toEqual(['active: ready']);
  // oslo.config reads `$$` as one.
  expect(configured('password')?.replaceAll('$$', () => '$')).toBe(credentials.keystone('other-keystone'));
  expect(world.model.units[unit(0)]?.created).toContain(id);
});

/** Calls to nodes after which a hook is killed. */
const points = [...Array(whole ? 20 : 2).keys()].map((index) => (whole ? 3 + index * 9 : 75 + index * 55));

describe('a hook that is killed', () => {
  test.each(points)('after %d calls is made up for by the next one', async (calls) => {
    world = await aCharmWorld({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } });
    world.control.killAfter = calls;
    await world.settle().catch(() => {});
    const wasKilled = (world.control.killAfter ?? 0) < 0;
    delete world.control.killAfter;
    forgetProcess(world);
    await world.settle();
    await world.deliver(unit(0), { kind: 'update-status' });
    expect([wasKilled, statusLines(world)]).toEqual([true, ['active: ready']]);
    expect(effects().filter((effect) => effect.startsWith('install'))).toHaveLength(1);
  });
});

/** The lock on a node names a process: that of the killed hook, which is this one, is gone. */
function forgetProcess({ nodes }: CharmWorld): void {
  for (const { files } of nodes.values())
    for (const [path, bytes] of files)
      if (path.endsWith('owner.json'))
        files.set(path, Buffer.from(bytes.toString().replace(/"pid":\d+/, '"pid":4194305')));
}

describe('a hook has an end of its own', () => {
  const unfinished = 'waiting: not done within 30 min, or stopped: the next hook goes on';
  const workers = () => configured('workers');

  test('which the next one makes up for', async () => {
    world = await aCharmWorld({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' } });
    await world.settle();
    for (const [index, hangs] of (['stop', 'abort'] as const).entries()) {
      applicationNamed(world.model, application).config.workers = index + 3;
      world.control.hangs = hangs;
      expect(await world.deliver(unit(0), { kind: 'config-changed' })).toBe(0);
      expect([world.control.hangs, statusLines(world)]).toEqual([undefined, [unfinished]]);
      expect(workers()).toBe(String(index + 2));
      expect(world.facts.findLast(({ kind }) => kind === 'run-finished')).toMatchObject({
        result: 'interrupted',
      });
      await world.deliver(unit(0), { kind: 'update-status' });
      expect([statusLines(world), workers()]).toEqual([['active: ready'], String(index + 3)]);
    }
    // What does not even end when it is given up.
    world.control.hangs = 'end';
    expect(await world.deliver(unit(0), { kind: 'update-status' })).toBe(0);
    expect(statusLines(world)).toEqual([unfinished]);
    // The agent's process would be gone; this one is not, and holds the deployment.
    await world.deliver(unit(0), { kind: 'update-status' });
    expect(statusLines(world)[0]).toMatch(/^waiting: another run holds the deployment/);
  });
});
