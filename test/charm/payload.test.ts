import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { applicationNamed } from './model/model.ts';
import { aCharmWorld, application, type CharmWorld, statusLines } from './world.ts';

/** Without a package, the unit builds it from a payload bundle: a resource, or a URL with its SHA-256. */
let world: CharmWorld | undefined;
afterEach(() => world?.close());

async function settled(resource: string, config = {}): Promise<readonly string[]> {
  world = await aCharmWorld({ units: 1, config: { 'windows-nodes': 'hv-01=10.0.0.11', ...config } });
  const bundle = join(world.folder, 'payload.tar');
  writeFileSync(bundle, resource);
  Object.assign(applicationNamed(world.model, application).resources, {
    'glance-msi': '',
    'glance-payload': bundle,
  });
  await world.settle();
  return statusLines(world);
}

test('a placeholder is none: the package is asked for', async () => {
  expect(await settled('placeholder\n')).toEqual([
    'blocked: glance-msi is missing: juju attach-resource glance-windows glance-msi=FILE',
  ]);
});

test('a file that is no bundle is named, and no node is touched', async () => {
  expect((await settled('x'.repeat(4096)))[0]).toMatch(/^blocked: .*payload\.tar is not a (whole )?tar file/);
  expect(world?.nodes.get('hv-01')?.changing ?? 0).toBe(0);
});

test('a URL that is not reached names its option', async () => {
  const config = { 'payload-url': 'http://127.0.0.1:1/payload.tar', 'payload-sha256': '0'.repeat(64) };
  expect((await settled('', config))[0]).toMatch(/^blocked: payload-url cannot be read: /);
});
