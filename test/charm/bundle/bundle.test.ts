import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildCharm, charmFileName } from '../../../src/charm/build/build-charm.ts';
import { bundleFiles } from '../../../src/charm/bundle/bundle-files.ts';
import { bundleFindings } from '../../../src/charm/bundle/findings.ts';
import type { BundleInput } from '../../../src/charm/bundle/model.ts';
import { placeResources, writeBundle } from '../../../src/charm/bundle/write-bundle.ts';
import { lintBundle } from '../../../src/charm/lint/bundle/lint-bundle.ts';
import { describeFinding } from '../../../src/charm/lint/finding.ts';
import type { CharmFlavour } from '../../../src/charm/model/charm.ts';
import { toCharm } from '../../../src/charm/model/to-charm.ts';
import { nodeAt, textOf } from '../../../src/charm/yaml/node.ts';
import { readYaml } from '../../../src/charm/yaml/read.ts';
import { components } from '../../../src/components/index.ts';
import type { Component } from '../../../src/components/model/component.ts';
import type { JujuSettings } from '../../../src/site/juju-settings.ts';
import { clock } from '../../fixtures/components/clock/index.ts';
import { aDeployment } from '../../fixtures/deployment.ts';
import { temporaryFolder } from '../../fixtures/folders.ts';

const [glance = clock] = components;
const overlays = ['development', 'two-nodes', 's2d'];
const folders = new Map<CharmFlavour, string>();

/** A folder with the charm of each component and a file for each resource; `packaged` lies there already. */
async function folderOf(flavour: CharmFlavour): Promise<string> {
  const there = folders.get(flavour);
  if (there !== undefined) return there;
  const folder = temporaryFolder('oriel-bundle-');
  writeFileSync(join(folder, 'oriel.cjs'), '// the program\n');
  for (const component of [glance, clock]) {
    const charm = toCharm(component, flavour);
    await buildCharm(charm, folder, join(folder, 'oriel.cjs'));
    await placeResources(charm, folder);
  }
  folders.set(flavour, folder);
  return folder;
}

interface Asked {
  readonly flavour?: CharmFlavour;
  readonly components?: readonly Component[];
  readonly juju?: BundleInput['juju'];
  readonly settings?: Partial<JujuSettings>;
  readonly data?: unknown;
}

function inputOf(asked: Asked = {}): BundleInput {
  const { flavour = 'proxy', juju = '3', settings = {}, data = {} } = asked;
  const deployment = aDeployment()
    .withNode('glance-1')
    .withNode('glance-2')
    .with({ juju: { flavour, applications: {}, relations: {}, ...settings } })
    .build();
  const charms = (asked.components ?? [glance]).map((component) => {
    const charm = toCharm(component, flavour);
    const resources = Object.fromEntries(
      Object.entries(charm.resources).map(([name, { filename }]) => [name, `./resources/${filename}`]),
    );
    return { charm, path: `./${charmFileName(charm)}`, nodes: deployment.nodes, resources };
  });
  return { deployment, data, charms, juju, series: 'win2019' };
}

/** What the lint says of a bundle with overlays, and of the bundle alone. */
async function findingsOf(asked: Asked, names: readonly string[]): Promise<readonly string[]> {
  const folder = await folderOf(asked.flavour ?? 'proxy');
  await writeBundle(bundleFiles(inputOf(asked)), folder);
  const over = names.map((name) => join(folder, 'overlays', `${name}.yaml`)).filter(existsSync);
  return lintBundle(join(folder, 'bundle.yaml'), over).map(describeFinding);
}

function documentsOf(asked: Asked, name = 'bundle.yaml') {
  return readYaml(bundleFiles(inputOf(asked)).get(name) ?? '').documents;
}

const offers = { relations: { 'shared-db': 'admin/openstack.mysql', amqp: 'rabbitmq-server' } };

describe('a bundle and its overlays', () => {
  test.each<[string, Asked]>([
    ['of a proxy charm', {}],
    ['of a proxy charm for Juju 2.9', { juju: '2.9' }],
    ['of a native charm', { flavour: 'native', juju: '2.9' }],
    ['of two components, one of which says nothing of bundles', { components: [glance, clock] }],
    ['with an offer and a server that is optional', { settings: offers }],
    [
      'with all that a site says of applications',
      {
        settings: {
          applications: {
            'glance-windows': { units: 3, constraints: 'mem=8G cores=4', space: 'images' },
            keystone: { units: 3, channel: '2023.2/stable' },
          },
        },
      },
    ],
  ])('%s have no findings in any combination that makes sense', async (_, asked) => {
    for (const names of [[], ...overlays.map((name) => [name]), ['two-nodes', 's2d'], ['development', 's2d']])
      expect(await findingsOf(asked, names), names.join()).toEqual([]);
  });

  test('are the same bytes each time', () => {
    expect([...bundleFiles(inputOf())]).toEqual([...bundleFiles(inputOf())]);
    expect([...bundleFiles(inputOf()).keys()]).toEqual([
      'bundle.yaml',
      ...overlays.map((name) => `overlays/${name}.yaml`),
    ]);
  });

  test('never have mysql-router, and name charms of the store with scheme and channel', () => {
    for (const text of bundleFiles(inputOf({ settings: offers })).values()) {
      expect(text).not.toContain('router');
      const names = text.match(/charm: .*/g) ?? [];
      for (const name of names) expect(name).toMatch(/^charm: '(ch:[a-z]|\.\/[a-z-]+_proxy\.charm)/);
      expect(text.match(/channel: /g)?.length ?? 0).toBe(names.filter((name) => name.includes('ch:')).length);
    }
  });

  test.each([
    ['3', 'default-base', 'series'],
    ['2.9', 'series', 'default-base'],
  ] as const)('of Juju %s have %s and no %s', (juju, there, absent) => {
    const [document] = documentsOf({ juju });
    expect(textOf(nodeAt(document, there))).toMatch(/jammy|22\.04/);
    expect(nodeAt(document, absent)).toBeUndefined();
  });
});

describe('what a site says', () => {
  test('stands in options of the declared type where it is another value than the default', () => {
    const data = {
      release: '2024.2',
      components: { glance: { workers: 8, service: { drain: '5m' }, keystone: { region: 'NO' } } },
    };
    const [document] = documentsOf({ data });
    const options = nodeAt(document, 'applications', 'glance-windows', 'options');
    const value = (name: string) => {
      const node = nodeAt(options, name);
      return node?.kind === 'scalar' ? node.value : undefined;
    };
    expect(['workers', 'drain-timeout', 'region', 'windows-nodes', 'openstack-version'].map(value)).toEqual([
      8,
      '5m',
      'NO',
      'glance-1=127.0.0.2,glance-2=127.0.0.3',
      undefined,
    ]);
  });

  test('about one node and its database file is in development alone', () => {
    const [development] = documentsOf({}, 'overlays/development.yaml');
    const options = nodeAt(development, 'applications', 'glance-windows', 'options');
    expect(textOf(nodeAt(options, 'windows-nodes'))).toBe('glance-1=127.0.0.2');
    expect(textOf(nodeAt(options, 'database-connection'))).toMatch(/^sqlite:/);
    expect(bundleFiles(inputOf()).get('overlays/two-nodes.yaml')).not.toContain('sqlite');
  });

  test('names offers in a second document, which takes the place of a database of its own', () => {
    const [first, second, ...more] = documentsOf({ settings: offers });
    expect(nodeAt(first, 'relations')).toBeUndefined();
    expect(textOf(nodeAt(second, 'saas', 'shared-db', 'url'))).toBe('admin/openstack.mysql');
    expect(more).toEqual([]);
    const [overlay] = documentsOf({ settings: offers }, 'overlays/two-nodes.yaml');
    expect(nodeAt(overlay, 'applications', 'mysql-innodb-cluster')).toBeUndefined();
    expect(nodeAt(overlay, 'applications', 'rabbitmq-server')).toBeDefined();
  });

  test('has every node behind the load balancer', () => {
    const [overlay] = documentsOf({}, 'overlays/two-nodes.yaml');
    const services = textOf(nodeAt(overlay, 'applications', 'haproxy', 'options', 'services')) ?? '';
    expect(services).toContain('option httpchk GET /healthcheck');
    expect(services.match(/127\.0\.0\.[23]/g)).toEqual(['127.0.0.2', '127.0.0.3']);
  });

  test.each<[Partial<JujuSettings>, string, string]>([
    [{ applications: { keystoen: {} } }, 'juju.applications.keystoen', 'did you mean `keystone`?'],
    [
      { applications: { keystone: { constraints: 'ram=4G' } } },
      'juju.applications.keystone.constraints',
      'mem=4G',
    ],
    [
      { applications: { 'glance-windows': { channel: 'x' } } },
      'juju.applications.glance-windows.channel',
      'leave',
    ],
    [{ relations: { 'shard-db': 'mysql' } }, 'juju.relations.shard-db', 'did you mean `shared-db`?'],
    [{ relations: { 'shared-db': 'mysql-router' } }, 'juju.relations.shared-db', 'name mysql-innodb-cluster'],
    [{ relations: { certificates: 'vault' } }, 'juju.relations.certificates', 'admin/model.offer'],
    [
      { relations: { 'nrpe-external-master': 'nrpe' } },
      'juju.relations.nrpe-external-master',
      'juju integrate',
    ],
  ])('that no bundle can have is refused: %j', (settings, path, hint) => {
    const { deployment, charms } = inputOf({ settings });
    const found = bundleFindings(deployment, charms);
    expect(found.map((one) => one.path.join('.'))).toEqual([path]);
    expect(found[0]?.hint).toContain(hint);
  });

  test('of ways to nodes has to be one that the proxy charm knows', () => {
    const { deployment, charms } = inputOf();
    const nodes = deployment.nodes.map((node, index) =>
      index === 0 ? { ...node, via: 'local' as const } : node,
    );
    const found = bundleFindings(
      deployment,
      charms.map((one) => ({ ...one, nodes })),
    );
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining('local, ssh')]);
    expect(bundleFindings(deployment, charms)).toEqual([]);
  });
});
