import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { condition, statusOf } from '../../src/juju/status/condition.ts';
import { bagOf, hostOf, type OtherCharm } from './model/charms.ts';
import { applicationNamed, relationNamed, unitNamed } from './model/model.ts';
import { aFolder } from './nodes.ts';
import { aCharmWorld, application, type CharmWorld, standardRelations, statusLines } from './world.ts';

let world: CharmWorld | undefined;
afterEach(() => world?.close());

/** A charm that says something in the bag of its first unit once we have asked. */
function answering(key: string, answer: (host: string) => Record<string, string>): OtherCharm {
  return (model, relation, own) => {
    const [unit = ''] = applicationNamed(model, own).units;
    const asked = Object.entries(relation.bags).some(
      ([owner, bag]) => owner.startsWith(`${application}/`) && bag[key],
    );
    if (asked) Object.assign(bagOf(relation, unit), answer(hostOf(unit)));
  };
}

async function related(type: string, endpoint: string, charm: OtherCharm, config = {}): Promise<string> {
  world = await aCharmWorld({
    units: 1,
    config: { 'windows-nodes': 'hv-01=10.0.0.11', 'filesystem-store-datadir': '', ...config },
    relations: [...standardRelations, [type, endpoint, 'other:other']],
    others: { other: charm },
  });
  await world.settle();
  return onNode('glance-api.conf');
}

const onNode = (name: string) =>
  world?.nodes.get('hv-01')?.files.get(`${windowsPaths.config}\\${name}`)?.toString() ?? '';

const asked = (id: string) => relationNamed(world?.model as CharmWorld['model'], id).bags[`${application}/0`];

test('amqp: user and virtual host are asked for, and notifications go there; certificates: nodes trust its authority', async () => {
  const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${btoa(text)}\n-----END CERTIFICATE-----`;
  const vault: OtherCharm = (_, relation) =>
    Object.assign(bagOf(relation, 'vault/0'), { ca: pem('root'), chain: pem('issuer') });
  const charm = answering('vhost', (host) => ({ password: 'p/w%', hostname: host }));
  world = await aCharmWorld({
    units: 1,
    config: { 'windows-nodes': 'hv-01=10.0.0.11', 'use-internal-endpoints': true },
    relations: [
      ...standardRelations,
      ['rabbitmq', 'amqp', 'other:other'],
      ['tls-certificates', 'certificates', 'vault:certificates'],
    ],
    others: { other: charm, vault },
  });
  await world.settle();
  expect(asked('amqp:3')).toMatchObject({ username: 'glance', vhost: 'openstack' });
  expect(asked('certificates:4')).toMatchObject({ unit_name: 'glance-windows_0' });
  const conf = onNode('glance-api.conf');
  expect(conf).toContain(`transport_url = rabbit://glance:p%2Fw%25@${hostOf('other/0')}:5672/openstack`);
  expect(conf).toContain(`cafile = ${windowsPaths.config}\\keystone-ca.pem`);
  expect(onNode('keystone-ca.pem').replaceAll('\r', '')).toContain(`\n${pem('root')}\n${pem('issuer')}\n`);
  // The internal endpoint, not that of the administrator.
  expect(conf).toMatch(/^auth_url = http:\/\/.*:5000\/v3$/m);
  expect(conf).toMatch(/^interface = internal$/m);
  relationNamed(world.model, 'certificates:4').removed = true;
  await world.settle();
  expect([onNode('keystone-ca.pem'), onNode('glance-api.conf').includes('cafile')]).toEqual(['', false]);
});

test.each([
  ['waiting: the relation certificates has no ca yet', {}],
  ['blocked: the relation certificates gives a ca that is no certificate in PEM', { ca: 'MIIC' }],
])('%s', async (status, bag) => {
  await related(
    'tls-certificates',
    'certificates',
    (_, relation) => Object.assign(bagOf(relation, 'other/0'), bag),
    {
      'filesystem-store-datadir': '\\\\s\\images',
    },
  );
  expect(statusLines(world as CharmWorld)).toEqual([status]);
});

test('smb-share: images go to the share that a file server makes', async () => {
  const conf = await related(
    'fileserver',
    'smb-share',
    answering('share-name', () => ({ share: '\\\\fs1\\images' })),
  );
  expect(JSON.parse(Buffer.from(asked('smb-share:3')?.accounts ?? '', 'base64').toString())).toEqual([
    'HV-01$',
  ]);
  expect(conf).toMatch(/^filesystem_store_datadir = \\\\fs1\\images$/m);
});

test('csv: images go to the volume that the cluster makes', async () => {
  const paths = Buffer.from('images: C:\\ClusterStorage\\Volume2\\images\n').toString('base64');
  const conf = await related(
    'csv',
    'csv',
    answering('volume-name', () => ({ 'csv-paths': paths })),
  );
  expect(conf).toMatch(/^filesystem_store_datadir = C:\\ClusterStorage\\Volume2\\images$/m);
});

test('ad-join: the service runs as a user that the domain makes, and no computer of it is ever named', async () => {
  const password = 'ad-Dd3+/=$%';
  const directory: OtherCharm = (_, relation) => {
    const bag = bagOf(relation, 'ad/0');
    Object.assign(bag, { netbiosname: 'EXAMPLE', domainName: 'example.test', address: '10.98.1.1' });
    const users = relation.bags[`${application}/0`]?.users;
    if (!users) return;
    const [name = ''] = Object.keys(JSON.parse(Buffer.from(users, 'base64').toString()));
    bag.adcredentials = Buffer.from(`${name}: ${password}\n`).toString('base64');
  };
  world = await aCharmWorld({
    units: 1,
    config: { 'windows-nodes': 'hv-01=10.0.0.11', 'service-account': 'glance' },
    relations: [...standardRelations, ['ad-join', 'ad-join', 'ad:ad-join']],
    others: { ad: directory },
  });
  // Nodes in memory have no accounts: the site is looked at.
  world.control.lost = true;
  await world.settle();
  expect(statusLines(world)).toEqual(['waiting: hv-01: no answer on port 5986']);
  expect(asked('ad-join:3')).toHaveProperty('users');
  expect(asked('ad-join:3')).not.toHaveProperty('computername');
  const site = JSON.parse(readFileSync(join(world.folder, 'glance-windows-0', 'site', 'site.yaml'), 'utf8'));
  expect(site).toMatchObject({
    storage: { domain: 'EXAMPLE' },
    components: {
      glance: { service: { account: 'EXAMPLE\\glance', password: { secret: 'ad-join-password' } } },
    },
  });
  const { log } = unitNamed(world.model, `${application}/0`);
  for (const text of [JSON.stringify(site), JSON.stringify(world.facts), log.join()])
    expect(text).not.toContain(password);
});

test('a share that has not come yet is waited for', async () => {
  await related('fileserver', 'smb-share', () => {});
  expect(statusLines(world as CharmWorld)).toEqual([
    'waiting: the relation smb-share has no path for images yet',
  ]);
});

test('nrpe-external-master: a command of NRPE and its definition, which go with the relation', async () => {
  const folder = aFolder();
  const restart = vi.fn(async () => {});
  world = await aCharmWorld({
    units: 1,
    config: { vip: '10.0.0.9', nagios_context: 'lab', nagios_servicegroups: 'images, windows' },
    relations: [['nrpe-external-master', 'nrpe-external-master', 'nrpe:nrpe-external-master']],
  });
  world.control.nagios = { commands: folder, exported: folder, restart };
  await world.settle();
  const { monitors = '' } = asked('nrpe-external-master:1') ?? {};
  expect(JSON.parse(monitors).monitors.remote.nrpe).toEqual({
    'check_glance-windows': { command: 'check_glance-windows' },
  });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  expect(read('check_glance-windows.cfg')).toBe(
    'command[check_glance-windows]=/usr/lib/nagios/plugins/check_http -I 10.0.0.9 -p 9292 -u /healthcheck\n',
  );
  const definition = read('service__lab-glance-windows-0_check_glance-windows.cfg');
  expect(definition).toMatch(/^ {4}host_name lab-glance-windows-0$/m);
  expect(definition).toMatch(/^ {4}servicegroups images,windows$/m);
  // A host that a shell would read.
  applicationNamed(world.model, application).config['os-internal-hostname'] = 'a; reboot';
  await world.settle();
  expect(readdirSync(folder)).toEqual([]);
  delete applicationNamed(world.model, application).config['os-internal-hostname'];
  await world.settle();
  relationNamed(world.model, 'nrpe-external-master:1').removed = true;
  await world.settle();
  expect([readdirSync(folder), restart.mock.calls.length]).toEqual([[], 4]);
  rmSync(folder, { recursive: true });
});

test('17: a status is one line of at most 120 characters, the worst first, and the rest is counted', () => {
  const long = `${'a-very-long-node-name-'.repeat(8)}: no answer`;
  const rows = [
    condition('relation-missing', { endpoint: 'shared-db' }),
    condition('failed', { problem: long }),
    condition('leader-database'),
    condition('locked', { problem: long }),
    { status: 'maintenance', message: 'paused: run the action resume' },
    { status: 'active', message: 'ready' },
  ] as const;
  const rank = ['blocked', 'waiting', 'maintenance', 'active'];
  for (const one of rows)
    for (const other of rows) {
      const { status, message } = statusOf([one, other]);
      expect(rank.indexOf(status)).toBe(Math.min(rank.indexOf(one.status), rank.indexOf(other.status)));
      expect(message.length).toBeLessThanOrEqual(120);
      const bad = [one, other].filter(({ status: is }) => is === 'blocked' || is === 'waiting').length;
      expect(message.endsWith(' (and 1 more)')).toBe(bad === 2);
    }
  expect(
    statusOf([
      condition('locked', { problem: 'x' }),
      ...['y', 'z'].map((problem) => condition('failed', { problem })),
    ]),
  ).toEqual({
    status: 'blocked',
    message: 'y (and 2 more)',
  });
  expect(statusOf([])).toEqual({ status: 'active', message: 'ready' });
});
