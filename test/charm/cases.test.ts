import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { bagOf, credentials, hostOf, mysql, type OtherCharm } from './model/charms.ts';
import { applicationNamed, relationNamed } from './model/model.ts';
import {
  aCharmWorld,
  application,
  type CharmWorld,
  ourUnits,
  relate,
  statusLines,
  type WorldOptions,
} from './world.ts';

/** What happened to charms of others, by the numbers of a list of public reports; each has the behaviour of ours. */
let world: CharmWorld;
afterEach(() => world.close());

async function settled(options: WorldOptions = {}): Promise<CharmWorld> {
  world = await aCharmWorld(options);
  await world.settle();
  return world;
}

const statuses = () => statusLines(world);
const first = `${application}/0`;
const conf = (node: string, name = 'glance-api.conf') =>
  world.nodes.get(node)?.files.get(`${windowsPaths.config}\\${name}`)?.toString();
const effects = () => [...world.nodes.values()].flatMap(({ effects: all }) => all);
const count = (effect: string) => effects().filter((one) => one.startsWith(effect)).length;
const update = (unit = first) => world.deliver(unit, { kind: 'update-status' });

/** Every file of every node and of every unit that holds a text. */
function filesWith(text: string): readonly string[] {
  const onNodes = [...world.nodes].flatMap(([node, { files }]) =>
    [...files].flatMap(([path, bytes]) => (bytes.includes(text) ? [`${node} ${path}`] : [])),
  );
  const here = readdirSync(world.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.msi'))
    .map((entry) => join(entry.parentPath, entry.name));
  return [...onNodes, ...here.filter((path) => readFileSync(path).includes(text))];
}

test('7: storage is attached before install', async () => {
  world = await aCharmWorld({ units: 1 });
  const unit = ourUnits(world)[0];
  if (unit) unit.storage['images/0'] = { kind: 'filesystem', location: '/srv/images' };
  await world.step();
  expect(world.trace).toEqual([`${first} storage-attached`]);
  await world.settle();
  expect(statuses()).toEqual(['active: ready']);
});

test('8: during install nothing is known of peers, and nobody thinks to be alone', async () => {
  world = await aCharmWorld({
    units: 2,
    config: { 'database-connection': 'mysql+pymysql://glance@10.1.1.1/glance' },
  });
  expect(await world.deliver(first, { kind: 'install' })).toBe(0);
  expect(statuses()[0]).toMatch(/^(blocked|waiting): /);
  expect(world.nodes.size).toBe(0);
  expect(world.model.relations['cluster:0']?.bags[application]).toEqual({});
});

describe.each([true, false])('9: a broken relation (listed still: %s)', (listsBroken) => {
  test('counts as gone, and no file holds its credentials', async () => {
    await settled({ units: 2, model: { listsBroken } });
    expect(filesWith(encodeURIComponent(credentials.database('mysql'))).length).toBeGreaterThan(3);
    relationNamed(world.model, 'shared-db:1').removed = true;
    await world.settle();
    expect(statuses()).toEqual(Array(2).fill('blocked: relation shared-db is missing'));
    expect(filesWith(encodeURIComponent(credentials.database('mysql')))).toEqual([]);
    expect([...world.nodes.values()].map(({ services }) => services.get('oriel-glance-api')?.status)).toEqual(
      ['Stopped', 'Stopped'],
    );
  });
});

test('10: another charm is noticed without upgrade-charm, once', async () => {
  await settled({ units: 1 });
  world.control.crash = new TypeError('a mistake of ours');
  applicationNamed(world.model, application).config.workers = 3;
  expect(await world.deliver(first, { kind: 'config-changed' })).toBe(1);
  delete world.control.crash;
  world.control.build = 'build-2';
  expect(await world.deliver(first, { kind: 'config-changed' })).toBe(0);
  await update();
  const said = ourUnits(world)[0]?.log.filter((line) => line.includes('this charm is'));
  expect(said).toEqual(['INFO this charm is build-1', 'INFO this charm is build-2, after build-1']);
  expect(conf('hv-01')).toContain('workers = 3');
});

describe('11: leadership', () => {
  test('that comes after all relation hooks is enough', async () => {
    world = await aCharmWorld({ units: 2 });
    const own = applicationNamed(world.model, application);
    own.leader = '';
    await world.settle();
    expect(statuses()).toEqual(
      Array(2).fill('waiting: the leader has not shared out the nodes yet (and 1 more)'),
    );
    own.leader = `${application}/1`;
    await world.settle();
    expect(statuses()).toEqual(Array(2).fill('active: ready'));
  });

  test('that is lost in the middle of a hook is no failure', async () => {
    world = await aCharmWorld({ units: 1 });
    world.control.refuses = (name, args) => name === 'relation-set' && args.includes('--app');
    await world.settle();
    expect(world.model.relations['cluster:0']?.bags[application]).toEqual({});
    world.control.refuses = () => false;
    await update();
    expect(Object.keys(world.model.relations['cluster:0']?.bags[application] ?? {}).sort()).toEqual([
      'db-initialised',
      'nodes',
    ]);
  });
});

/** keystone-k8s: everything is in the bag of the application, with dashes. */
const keystoneOfKubernetes: OtherCharm = (_, relation, own) => {
  if (!Object.values(relation.bags).some((bag) => bag.public_url)) return;
  Object.assign(bagOf(relation, own), {
    ...{ 'api-version': 'v3', 'auth-host': '10.1.2.3', 'auth-port': '80', 'service-host': '10.1.2.3' },
    ...{ 'service-user-name': 'svc_glance', 'service-password': credentials.keystone(own) },
    ...{ 'service-project-name': 'services', 'service-domain-name': 'service_domain' },
    'internal-auth-url': 'http://10.1.2.3:80/openstack-keystone/v3',
  });
};

describe('12: identity-service', () => {
  test('is read from the bag of the application and those of units, key by key', async () => {
    await settled({ units: 1 });
    expect(relationNamed(world.model, 'identity-service:2').bags.keystone).toHaveProperty('catalog_ttl');
    expect(conf('hv-01')).toMatch(/^auth_url = http:\/\/10\.98\.\d+\.10:35357\/v3$/m);
  });

  test('of keystone-k8s stands in the bag of the application, with dashes', async () => {
    await settled({ units: 1, others: { keystone: keystoneOfKubernetes } });
    expect(statuses()).toEqual(['active: ready']);
    expect(conf('hv-01')).toContain('auth_url = http://10.1.2.3:80/openstack-keystone/v3');
    expect(conf('hv-01')).toContain('username = svc_glance');
  });

  test('restarts nothing when only ep_changed is new', async () => {
    await settled({ units: 1 });
    const starts = count('start oriel-glance-api');
    bagOf(relationNamed(world.model, 'identity-service:2'), 'keystone').ep_changed = '{"a": 1}';
    world = { ...world };
    await world.deliver(first, { kind: 'changed', relation: 'identity-service:2', remoteUnit: 'keystone/0' });
    expect(count('start oriel-glance-api')).toBe(starts);
  });
});

test('13: another database gets its own schema, once each', async () => {
  await settled({ units: 2, others: { 'mysql-b': mysql } });
  expect(count('populate')).toBe(1);
  relationNamed(world.model, 'shared-db:1').removed = true;
  await world.settle();
  expect(world.model.relations['cluster:0']?.bags[application]).not.toHaveProperty('db-initialised');
  const id = relate(world.model, 'mysql-shared', 'shared-db', 'mysql-b:shared-db');
  await world.settle();
  expect(statuses()).toEqual(Array(2).fill('active: ready'));
  expect(count('populate')).toBe(2);
  expect([...world.databases.values()].filter(({ heads }) => heads.length > 0)).toHaveLength(2);
  expect(conf('hv-02')).toContain(hostOf('mysql-b/0'));
  expect(filesWith(encodeURIComponent(credentials.database('mysql')))).toEqual([]);
  expect(world.model.relations['cluster:0']?.bags[application]?.['db-initialised']).toContain(id);
});

const pem = (text: string) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(text).toString('base64')}\n-----END CERTIFICATE-----\n`;

test('14: a database gets, changes and loses its TLS, with one restart each', async () => {
  let ca = '';
  const withTls: OtherCharm = (model, relation, own) => {
    mysql(model, relation, own);
    for (const unit of applicationNamed(model, own).units) {
      const bag = relation.bags[unit];
      if (bag?.password && ca) bag.ssl_ca = Buffer.from(ca).toString('base64');
      else delete bag?.ssl_ca;
    }
  };
  await settled({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11' }, others: { mysql: withTls } });
  const starts = () => count('start oriel-glance-api');
  expect(conf('hv-01')).not.toContain('ssl_ca');
  expect(starts()).toBe(1);
  for (const [index, given] of [pem('one'), pem('two')].entries()) {
    ca = given;
    await world.settle();
    expect(conf('hv-01', 'database-ca.pem')).toContain(
      given.trim().replaceAll('\n', conf('hv-01')?.includes('\r\n') ? '\r\n' : '\n'),
    );
    expect(conf('hv-01')).toMatch(/^connection = mysql\+pymysql:.*ssl_ca=C%3A%2F/m);
    expect(starts()).toBe(index + 2);
  }
  ca = '';
  await world.settle();
  expect(conf('hv-01')).not.toContain('ssl_ca');
  expect(conf('hv-01', 'database-ca.pem')).toBeUndefined();
  expect(filesWith('BEGIN CERTIFICATE')).toEqual([]);
  expect(starts()).toBe(4);
});
