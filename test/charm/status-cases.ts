import { SessionError } from '../../src/errors.ts';
import type { StatusId } from '../../src/juju/status/statuses.ts';
import { bagOf, mysqlRouter, type OtherCharm } from './model/charms.ts';
import { applicationNamed } from './model/model.ts';
import { application, type CharmWorld, standardRelations, type WorldOptions } from './world.ts';

/** How a unit comes to show a status. */
export interface StatusCase {
  /** The message, or its beginning where other things are missing as well. */
  readonly shows: string;
  readonly config?: WorldOptions['config'];
  readonly options?: WorldOptions;
  /** Default: events until none is left. */
  readonly act?: (world: CharmWorld) => Promise<unknown>;
  /** Number of the unit; default: 0. */
  readonly unit?: number;
}

const first = `${application}/0`;
const settle = (world: CharmWorld) => world.settle();
const action = (name: string) => ({
  kind: 'action',
  action: { name, parameters: {}, results: {}, messages: [] },
});
const related = (type: string, endpoint: string, charm: OtherCharm): WorldOptions => ({
  relations: [...standardRelations, [type, endpoint, 'other:other']],
  others: { other: charm },
});
const answers =
  (bag: Record<string, string>): OtherCharm =>
  (_, relation) => {
    Object.assign(bagOf(relation, 'other/0'), bag);
  };
const id = 'd0ktqa7mp25c7c9rhgl0';
const secret = (
  content: Record<string, string>,
  granted: string[],
): Pick<StatusCase, 'config' | 'options'> => ({
  config: { 'windows-credentials': `secret:${id}` },
  options: { model: { secrets: { [id]: { content, granted } } } },
});
const paths = Buffer.from('images: /srv/images\n').toString('base64');

const ofOptions = {
  'nodes-unset': { shows: 'windows-nodes is not set', config: { 'windows-nodes': '' } },
  'nodes-invalid': {
    shows: 'windows-nodes: `1st` is not NAME=ADDRESS',
    config: { 'windows-nodes': 'hv-01=10.0.0.11,1st=10.0.0.12' },
  },
  'nodes-twice': {
    shows: 'windows-nodes names hv-01 twice',
    config: { 'windows-nodes': 'hv-01=10.0.0.11,HV-01=10.0.0.12' },
  },
  'credentials-unset': { shows: 'windows-credentials is not set', config: { 'windows-user': '' } },
  'credentials-key': {
    shows: 'windows-credentials needs the key private-key for windows-transport=ssh',
    config: { 'windows-transport': 'ssh' },
  },
  'secret-invalid': {
    shows: 'windows-credentials is no secret:ID',
    config: { 'windows-credentials': 'hunter2' },
  },
  'secret-not-granted': {
    shows: 'secret of windows-credentials is not granted: juju grant-secret secret:',
    ...secret({ username: 'oriel', password: 'x-1' }, []),
  },
  'secret-refused': {
    shows: 'secret of windows-credentials: secret "',
    config: { 'windows-credentials': `secret:${id}` },
  },
  'secret-key': {
    shows: 'the secret of windows-credentials has no key username',
    ...secret({ password: 'x-1' }, [application]),
  },
  'flags-invalid': {
    shows: 'api-config-flags: `debug` is not name=value',
    config: { 'api-config-flags': 'debug' },
  },
  'cap-invalid': {
    shows: 'image-size-cap is `large`: write it as 1TB',
    config: { 'image-size-cap': 'large' },
  },
  'config-no-map': { shows: 'site-config is no map of keys', config: { 'site-config': 'workers' } },
  'config-syntax': { shows: 'site-config: line 2: ', config: { 'site-config': 'a: [\n' } },
  'database-sqlite': {
    shows: 'database-connection is SQLite, which several nodes cannot share',
    config: {
      'windows-nodes': 'hv-01=10.0.0.11,hv-02=10.0.0.12',
      'database-connection': 'sqlite:///C:/glance.sqlite',
    },
  },
} as const satisfies Partial<Record<StatusId, StatusCase>>;

const ofRelations = {
  'relation-missing': { shows: 'relation shared-db is missing (and 1 more)', options: { relations: [] } },
  'relation-incomplete': {
    shows: 'the relation identity-service has no auth_host yet',
    options: { others: { keystone: () => {} } },
  },
  'relation-ca': {
    shows: 'the relation certificates gives a ca that is no certificate in PEM',
    options: related('tls-certificates', 'certificates', answers({ ca: 'MIIC' })),
  },
  'relation-path': {
    shows: 'the relation csv gives /srv/images, which is no path of Windows',
    config: { 'filesystem-store-datadir': '' },
    options: related('csv', 'csv', answers({ 'csv-paths': paths })),
  },
  'database-loopback': {
    shows: 'mysql is at 127.0.0.1, which nodes do not reach: relate to mysql-innodb-cluster itself',
    options: { others: { mysql: mysqlRouter } },
  },
  'peers-unknown': {
    shows: 'the relation cluster is not there yet',
    async act(world) {
      await world.deliver(first, { kind: 'install' });
      for (const relation of ['shared-db:1', 'identity-service:2'])
        await world.deliver(first, { kind: 'created', relation });
    },
  },
  'leader-nodes': {
    shows: 'the leader has not shared out the nodes yet',
    act(world) {
      applicationNamed(world.model, application).leader = '';
      return world.settle();
    },
  },
  'leader-database': {
    shows: 'the leader has not prepared the database yet',
    options: { units: 2 },
    unit: 1,
    act(world) {
      world.control.lost = true;
      return world.settle();
    },
  },
} as const satisfies Partial<Record<StatusId, StatusCase>>;

/** The resource of the package holds nothing. */
const without = (world: CharmWorld) => {
  applicationNamed(world.model, application).resources['glance-msi'] = '';
  return world.settle();
};
const stopping = (prepare: (world: CharmWorld) => void) => async (world: CharmWorld) => {
  await world.settle();
  prepare(world);
  await world.deliver(first, { kind: 'stop' });
};

const ofNodes = {
  'package-missing': {
    shows: 'glance-msi is missing: juju attach-resource glance-windows glance-msi=FILE',
    act: without,
  },
  'package-release': {
    shows: 'glance-msi is 28.2.0, and 2024.2 is 29.2.1: attach that',
    options: { version: '28.2.0' },
  },
  'site-invalid': {
    shows: 'components.glance.workers: ',
    config: { 'site-config': 'components: { glance: { workers: none } }' },
  },
  'step-failed': {
    shows: 'hv-01/glance/',
    act(world) {
      world.control.opened = ({ exitCodes }) => exitCodes.push(1603);
      return world.settle();
    },
  },
  'node-refuses': {
    shows: 'hv-01: the password of oriel was refused',
    act(world) {
      world.control.crash = new SessionError('hv-01', 'authentication', 'the password of oriel was refused');
      return world.settle();
    },
  },
  'node-silent': {
    shows: 'hv-01: no answer on port 5986',
    act(world) {
      world.control.lost = true;
      return world.settle();
    },
  },
  locked: {
    shows: 'another run holds the deployment',
    async act(world) {
      await world.settle();
      for (const hangs of ['end', undefined] as const) {
        if (hangs) world.control.hangs = hangs;
        await world.deliver(first, { kind: 'update-status' });
      }
    },
  },
  unfinished: {
    shows: 'not done within 30 min, or stopped: the next hook goes on',
    async act(world) {
      await world.settle();
      applicationNamed(world.model, application).config.workers = 3;
      world.control.hangs = 'stop';
      await world.deliver(first, { kind: 'config-changed' });
    },
  },
  left: {
    shows: 'what the charm made is still on a node: see juju debug-log',
    config: { 'uninstall-on-remove': true },
    act: stopping(({ control }) => {
      control.lost = true;
    }),
  },
  failed: {
    shows: 'installer-url cannot be read: ',
    config: { 'installer-url': 'http://127.0.0.1:1/glance.msi', 'installer-sha256': '0'.repeat(64) },
    act: without,
  },
} as const satisfies Partial<Record<StatusId, StatusCase>>;

const ofServing = {
  held: {
    shows: 'paused: run the action resume',
    async act(world) {
      await world.settle();
      await world.deliver(first, action('pause'));
    },
  },
  leaving: { shows: 'leaving', act: stopping(() => {}) },
  due: {
    shows: 'ready; the action openstack-upgrade is due',
    config: { 'action-managed-upgrade': true, 'openstack-version': '2024.1' },
    options: { version: '28.2.0' },
    async act(world) {
      await world.settle();
      applicationNamed(world.model, application).config['openstack-version'] = '2024.2';
      await world.settle();
    },
  },
  standby: { shows: 'standby: other units have the nodes', options: { units: 2 }, unit: 1 },
  ready: { shows: 'ready', act: settle },
} as const satisfies Partial<Record<StatusId, StatusCase>>;

/** Every status there is: one that is missing here does not compile. */
export const statusCases: Readonly<Record<StatusId, StatusCase>> = {
  ...ofOptions,
  ...ofRelations,
  ...ofNodes,
  ...ofServing,
};
