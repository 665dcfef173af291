// Makes the pictures of the graphical installer in the guide from those that its tests keep: scripts/docs/installer.ts, after
// ORIEL_TEST_ALL=1 npx vitest run test/msi/dialogs/glance test/msi/dialogs/maintain test/msi/dialogs/every-page
// Needs ImageMagick: apt-get install imagemagick.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../../src/process.ts';

const root = resolve(import.meta.dirname, '../..');
const target = join(root, 'docs/pictures/installer');

/** Pictures of the guide, by those of the tests. */
const pictures = {
  'glance-en-96-0': 'welcome',
  'glance-en-96-3': 'features',
  'glance-en-96-store': 'store',
  'glance-en-96-store-problem': 'problem',
  'glance-en-96-database': 'database',
  'glance-en-96-keystone': 'keystone',
  'glance-en-96-service': 'service',
  'glance-en-96-network': 'network',
  'glance-en-96-ready': 'ready',
  'clock-en-96-end': 'end',
  'clock-installed-maintenance': 'maintenance',
  'clock-en-96-failure': 'failure',
};

await mkdir(target, { recursive: true });
for (const [from, to] of Object.entries(pictures)) {
  const small = [
    '-strip',
    '-colors',
    '48',
    '-define',
    'png:compression-level=9',
    '-define',
    'png:exclude-chunks=date',
  ];
  await run('convert', [
    join(root, '.oriel/installer', `${from}.png`),
    ...small,
    `PNG8:${join(target, to)}.png`,
  ]);
}
