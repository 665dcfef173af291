import { describe, expect, test } from 'vitest';
import { features } from '../../../src/components/glance/declare/features.ts';
import { leftBehind, readUpgradeCode } from '../../../src/components/glance/declare/removal.ts';
import { declareGlance } from '../../../src/components/glance/declare/resources.ts';
import { stampContent, stampPath } from '../../../src/components/glance/declare/stamp.ts';
import { serviceName, windowsPaths } from '../../../src/components/glance/facts/paths.ts';
import { glanceProductFile } from '../../../src/components/glance/package/package.ts';
import { endpointOf, healthUrl } from '../../../src/components/glance/render/endpoint.ts';
import { packageContract } from '../../../src/product/contract.ts';
import { readProduct } from '../../../src/product/outline.ts';
import type { RenderedFile } from '../../../src/render/rendered.ts';
import { type Declaration, idOf } from '../../../src/resources/model/resource.ts';
import type { Deployment } from '../../../src/site/deployment.ts';
import { aDeployment } from '../../fixtures/deployment.ts';

const msi = {
  name: 'oriel-glance',
  version: '29.2.1',
  path: '/dist/oriel-glance-29.2.1.msi',
  sha256: 'ab'.repeat(32),
  bytes: 1,
  origin: 'made',
  productName: 'Oriel Glance',
  productCode: '{P}',
  upgradeCode: '{U}',
  files: 1,
} as const;

const file = (name: string, content = 'x'): RenderedFile => ({
  name,
  target: `${windowsPaths.config}\\${name}`,
  shown: content,
  content,
});
const rendered = [file('glance-api.conf'), file('glance-manage.conf')];

function declare(deployment: Deployment, files = rendered, salt = 's'): readonly Declaration[] {
  return declareGlance(deployment, { msi, files: () => files, salt });
}

function nodes(count: number, serial: number | string): Deployment {
  const { rollout } = aDeployment().build();
  let builder = aDeployment().with({ rollout: { ...rollout, serial } });
  for (let i = 1; i <= count; i++) builder = builder.withNode(`n${i}`);
  return builder.build();
}

function find(declared: readonly Declaration[], id: string): Declaration {
  return declared.find((one) => idOf(one) === id) ?? expect.fail(`${id} is not declared`);
}

describe('declareGlance', () => {
  test('declares everything after what it names, with the schema on the first node alone', () => {
    const declared = declare(nodes(3, 1));
    const ids = declared.map(idOf);
    for (const one of declared)
      for (const need of [...one.needs, ...(one.after ?? []), ...(one.restartsAfter ?? [])])
        expect(ids.indexOf(need), `${idOf(one)} after ${need}`).toBeLessThan(ids.indexOf(idOf(one)));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => id.includes('/database-schema/'))).toEqual([
      'n1/glance/database-schema/glance',
    ]);
  });

  test('lets every service wait for the schema', () => {
    const declared = declare(nodes(4, 1));
    const waits = [1, 2, 3, 4].map((n) => find(declared, `n${n}/glance/service/${serviceName}`).after);
    expect(waits).toEqual(Array(4).fill(['n1/glance/database-schema/glance']));
  });

  test('leaves the schema alone where the site says so, and nodes that do not serve images', () => {
    const base = aDeployment()
      .withNode('n1')
      .withNode('sofs', { roles: ['storage'] });
    const database = { connection: 'mysql://db', sync: false };
    const ids = declare(base.withGlance({ database }).build()).map(idOf);
    expect(ids.some((id) => id.includes('database-schema') || id.startsWith('sofs/'))).toBe(false);
  });

  test('takes away a policy that the site no longer has', () => {
    const policy = 'n1/glance/file/policy.yaml';
    expect(find(declare(nodes(1, 1)), policy).spec).toMatchObject({
      ensure: 'absent',
      stamps: [stampPath],
    });
    const kept = declare(nodes(1, 1), [...rendered, file('policy.yaml')]);
    expect(kept.filter((one) => idOf(one) === policy).map(({ spec }) => spec)).toMatchObject([
      { ensure: 'present' },
    ]);
  });

  test('restarts the service after the package and the files that it reads, not after those of glance-manage', () => {
    const api = find(declare(nodes(1, 1)), `n1/glance/service/${serviceName}`);
    expect(api.restartsAfter).toEqual([
      ...['n1/glance/package/oriel-glance', 'n1/glance/file/glance-api.conf'],
      ...['n1/glance/file/policy.yaml', 'n1/glance/file/property-protections.conf'],
      ...['n1/glance/file/database-ca.pem', 'n1/glance/file/keystone-ca.pem'],
    ]);
    expect(find(declare(nodes(1, 1)), 'n1/glance/file/glance-manage.conf').spec).toMatchObject({
      stamps: [],
    });
  });
});

test('the folders are those of the package', () => {
  const { properties } = packageContract(readProduct(glanceProductFile()));
  const { install, config, logs, data } = windowsPaths;
  const folders = { INSTALLDIR: install, CONFIGDIR: config, LOGDIR: logs, DATADIR: data };
  for (const [name, path] of Object.entries(folders))
    expect(properties.find((one) => one.name === name)?.default).toBe(path);
  expect(
    readProduct(glanceProductFile()).directories.map(({ path }) => `C:\\ProgramData\\${path}`),
  ).toContain(windowsPaths.locks);
});

describe('features', () => {
  test('are those of the package', () => {
    const inPackage = packageContract(readProduct(glanceProductFile())).features.flatMap(({ id, service }) =>
      service ? [{ id, service }] : [],
    );
    expect(Object.values(features)).toEqual(inPackage);
  });

  test('bring their services, each with a stamp of its own, and take away those of others', () => {
    const site = aDeployment()
      .withNode('n1')
      .withGlance({ features: ['api', 'scrubber'] });
    const declared = declare(site.build());
    const found = find(declared, 'n1/glance/package/oriel-glance');
    const scrubberStamp = `${windowsPaths.config}\\started-with-oriel-glance-scrubber.txt`;
    expect(found.spec).toMatchObject({
      stamps: [stampPath, scrubberStamp],
      features: [
        { id: 'Api', chosen: true },
        { id: 'Scrubber', chosen: true },
        { id: 'CacheMaintenance', chosen: false },
      ],
    });
    const scrubber = find(declared, 'n1/glance/service/oriel-glance-scrubber');
    expect(scrubber.spec).toMatchObject({ status: 'Running', stamp: { path: scrubberStamp } });
    expect(declared.some(({ name }) => name === 'oriel-glance-cache')).toBe(false);
  });
});

describe('access', () => {
  const closed = [
    { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
    { account: 'BUILTIN\\Administrators', rights: 'FullControl' },
  ];
  const directories = (declared: readonly Declaration[]) =>
    declared
      .filter(({ resource }) => resource.kind === 'directory')
      .map(({ name, spec }) => ({ name, ...(spec as { path: string; access?: readonly object[] }) }));

  test('closes every directory of ours, the one above all others first', () => {
    const found = directories(declare(nodes(1, 1)));
    expect(found[0]).toMatchObject({ path: windowsPaths.root, access: closed });
    for (const { name, access } of found) expect(access, name).toEqual(closed);
  });

  test('closes a directory before a package or a secret gets into it', () => {
    const declared = declare(nodes(1, 1));
    const at = (id: string) => declared.indexOf(find(declared, `n1/glance/${id}`));
    expect(at('directory/packages')).toBeLessThan(at('package/oriel-glance'));
    const files = declared.flatMap(({ resource }, index) => (resource.kind === 'file' ? [index] : []));
    expect(at('directory/config')).toBeLessThan(Math.min(...files));
  });

  test('lets the account of the service read its configuration and write the rest', () => {
    const service = { account: 'EXAMPLE\\glance$', groups: [], recovery: 'none', drain: 60 } as const;
    const site = aDeployment().withNode('n1').withGlance({ service }).build();
    const rights = directories(declare(site)).map(({ name, access = [] }) => [name, access[2]]);
    const modify = { account: service.account, rights: 'Modify' };
    expect(Object.fromEntries(rights)).toEqual({
      oriel: undefined,
      packages: undefined,
      config: { account: service.account, rights: 'ReadAndExecute' },
      log: modify,
      lock: modify,
      staging: modify,
    });
  });

  test('leaves a staging directory that is elsewhere as open as it is', () => {
    const site = aDeployment().withNode('n1').withGlance({ staging: 'D:\\staging' }).build();
    expect(find(declare(site), 'n1/glance/directory/staging').spec).toEqual({
      ensure: 'present',
      path: 'D:\\staging',
    });
  });
});

test.each([
  ['restart', ['restart/10000', 'restart/60000', 'restart/300000'], true],
  ['none', [], false],
] as const)('recovery %s', (recovery, actions, onError) => {
  const service = { account: 'LocalSystem', groups: [], recovery, drain: 60 };
  const site = aDeployment().withNode('n1').withGlance({ service }).build();
  expect(find(declare(site), `n1/glance/service/${serviceName}`).spec).toMatchObject({
    recovery: { actions, onError },
  });
});

test.each([
  [60, 200],
  [600, 630],
])('a drain of %d s gives a stop %d s', (drain, timeout) => {
  const service = { account: 'LocalSystem', groups: [], recovery: 'restart', drain } as const;
  const site = aDeployment().withNode('n1').withGlance({ service }).build();
  expect(find(declare(site), `n1/glance/service/${serviceName}`).spec).toMatchObject({ timeout });
});

describe('stamp', () => {
  test('says the same for every controller, and changes with package and files', () => {
    const one = stampContent({ name: 'a' }, msi, rendered);
    const spec = (salt: string) =>
      find(declare(nodes(1, 1), rendered, salt), `n1/glance/service/${serviceName}`).spec;
    const contentOf = (salt: string) => (spec(salt) as { stamp: { content: string } }).stamp.content;
    expect(contentOf('one')).toBe(contentOf('two'));
    expect(one).toMatch(
      /^package \{P\}\r\nglance-api.conf [0-9a-f]{64}\r\nglance-manage.conf [0-9a-f]{64}\r\n$/,
    );
    expect(stampContent({ name: 'a' }, { productCode: '{Q}' }, rendered)).not.toBe(one);
    expect(stampContent({ name: 'a' }, msi, [file('glance-api.conf', 'y')])).not.toBe(one);
  });
});

describe('endpoints', () => {
  const [node] = nodes(1, 1).nodes;
  test.each([
    ['node', 'http://127.0.0.2:9292', 'http://127.0.0.2:9292/healthcheck'],
    ['0.0.0.0', 'http://127.0.0.2:9292', 'http://127.0.0.1:9292/healthcheck'],
    ['::', 'http://127.0.0.2:9292', 'http://[::1]:9292/healthcheck'],
    ['fd00::7', 'http://[fd00::7]:9292', 'http://[fd00::7]:9292/healthcheck'],
  ])('bound to %s', (host, outside, inside) => {
    const deployment = aDeployment()
      .withGlance({ bind: { host, port: 9292, firewall: true } })
      .build();
    if (!node) expect.fail('no node');
    expect([endpointOf(deployment, node), healthUrl(deployment, node)]).toEqual([outside, inside]);
  });
});

describe('removal', () => {
  test('knows the product without a build, and names what is left without credentials', async () => {
    expect(await readUpgradeCode()).toMatch(/^\{[0-9A-F-]{36}\}$/);
    expect(leftBehind(nodes(1, 1)).join('\n')).toContain('the database mysql+pymysql://db/glance');
  });
});
