import { afterEach, expect, test } from 'vitest';
import { windowsPaths } from '../../src/components/glance/facts/paths.ts';
import { blocked, statusOf, waiting } from '../../src/juju/status/condition.ts';
import { bagOf, hostOf, type OtherCharm } from './model/charms.ts';
import { applicationNamed, relationNamed } from './model/model.ts';
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
  return world.nodes.get('hv-01')?.files.get(`${windowsPaths.config}\\glance-api.conf`)?.toString() ?? '';
}

const asked = (id: string) => relationNamed(world?.model as CharmWorld['model'], id).bags[`${application}/0`];

test('amqp: user and virtual host are asked for, and notifications go there', async () => {
  const charm = answering('vhost', (host) => ({ password: 'p/w%', hostname: host }));
  const conf = await related('rabbitmq', 'amqp', charm, { 'filesystem-store-datadir': '\\\\s\\images' });
  expect(asked('amqp:3')).toMatchObject({ username: 'glance', vhost: 'openstack' });
  expect(conf).toContain(`transport_url = rabbit://glance:p%2Fw%25@${hostOf('other/0')}:5672/openstack`);
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

test('a share that has not come yet is waited for', async () => {
  await related('fileserver', 'smb-share', () => {});
  expect(statusLines(world as CharmWorld)).toEqual([
    'waiting: the relation smb-share has no path for images yet',
  ]);
});

test('nrpe-external-master: a check from outside', async () => {
  await related('nrpe-external-master', 'nrpe-external-master', () => {}, {
    'filesystem-store-datadir': '\\\\s\\images',
  });
  const { monitors = '' } = asked('nrpe-external-master:3') ?? {};
  expect(JSON.parse(monitors).monitors.remote.nrpe.glance.command).toMatch(
    /^check_http -I 10\.0\.0\.11 -p 9292 /,
  );
});

test('17: a status is one line of at most 120 characters, the worst first, and the rest is counted', () => {
  const long = `${'a-very-long-node-name-'.repeat(8)}: no answer`;
  const rows = [
    blocked('relation shared-db is missing'),
    blocked(long),
    waiting('the leader has not prepared the database yet'),
    waiting(long),
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
  expect(statusOf([waiting('x'), blocked('y'), blocked('z')])).toEqual({
    status: 'blocked',
    message: 'y (and 2 more)',
  });
  expect(statusOf([])).toEqual({ status: 'active', message: 'ready' });
});
