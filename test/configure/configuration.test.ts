import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { environmentFile } from '../../src/components/glance/facts/paths.ts';
import { packageTexts } from '../../src/components/glance/package/texts.ts';
import { renderGlance } from '../../src/components/glance/render/render.ts';
import { type Store, settingsOf } from '../../src/components/glance/site/settings.ts';
import { dataFile } from '../../src/data-files.ts';
import { Secret } from '../../src/secret.ts';
import type { Deployment, NodeSettings } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';

const hasPython =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
const environment = {
  ...process.env,
  PYTHONPATH: dataFile('msi', 'configure'),
  PYTHONDONTWRITEBYTECODE: '1',
};
const work = mkdtempSync(join(tmpdir(), 'oriel-configure-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.skipIf(!hasPython)('the program that writes the first configuration', () => {
  it('checks, places, files and answers', () => {
    const file = join(import.meta.dirname, 'python/test_configuration.py');
    const { status, stderr } = spawnSync('python3', [file, '-v'], { env: environment, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/Ran \d+ tests/);
  });

  const images: Store = {
    name: 'images',
    type: 'file',
    default: true,
    options: {},
    share: {
      name: 'images',
      kind: 'smb',
      path: '\\\\sofs1\\im$ges',
      manage: false,
      access: [],
      continuouslyAvailable: false,
      encrypt: false,
      free: { warn: 20, fail: 10 },
    },
  };
  const cached = {
    DEFAULT: { image_cache_dir: 'C:\\ProgramData\\oriel\\glance\\cache', image_cache_driver: 'sqlite' },
  };
  const keystone = {
    region: 'RegionOne',
    authUrl: 'https://keystone/v3',
    username: 'glance',
    password: new Secret('keystone_password', '"quo$te\\$d"'),
    project: 'service',
    userDomain: 'Default',
    projectDomain: 'Default',
  };
  const site = aDeployment()
    .withNode('glance-1', { address: '10.0.0.11' })
    .withGlance({
      stores: [images],
      database: { connection: 'mysql+pymysql://glance:pa%24s@db/glance', sync: true },
      staging: 'C:\\ProgramData\\oriel\\glance\\staging',
      publicEndpoint: 'https://images.example.org',
    });

  it.each([
    ['trusted', site],
    ['trusted-cache', site.withGlance({ options: cached })],
    ['keystone', site.withGlance({ keystone })],
    ['keystone-cache', site.withGlance({ keystone, options: cached })],
  ] as const)('%s: its files are those that oriel renders', async (variant, builder) => {
    const deployment = builder.build();
    const [node] = deployment.nodes;
    if (!node) throw new Error('a node');
    for (const { path, text } of packageTexts(deployment.release)) {
      await mkdir(join(work, dirname(path)), { recursive: true });
      await writeFile(join(work, path), text);
    }
    const rendered = renderGlance(deployment, node);
    // A package brings no environment file: the wrapper does without, with its own defaults.
    for (const { name, content } of rendered.filter((one) => one.name !== environmentFile)) {
      const wanted = content instanceof Secret ? content.reveal() : content;
      expect(withoutHeading(filled(join(work, variant, name), propertiesOf(deployment, node)))).toBe(
        withoutHeading(wanted),
      );
    }
  });
});

/** The properties of an installation that is to be like a node of a site. */
function propertiesOf(deployment: Deployment, { address }: NodeSettings): Record<string, string> {
  const glance = settingsOf(deployment);
  const { keystone, stores, database, publicEndpoint = '' } = glance;
  return {
    INSTALLDIR: 'C:\\Program Files\\oriel\\glance\\',
    DATADIR: 'C:\\ProgramData\\oriel\\glance\\',
    CONFIGDIR: 'C:\\ProgramData\\oriel\\glance\\etc\\',
    LOGDIR: 'C:\\ProgramData\\oriel\\glance\\log\\',
    BINDHOST: address,
    BINDPORT: String(glance.bind.port),
    WORKERS: String(glance.workers),
    PUBLICENDPOINT: publicEndpoint,
    STOREPATH: stores[0]?.share?.path ?? '',
    DATABASE_CONNECTION: database.connection,
    KEYSTONE_AUTH_URL: keystone?.authUrl ?? 'none',
    KEYSTONE_USERNAME: keystone?.username ?? '',
    KEYSTONE_PASSWORD: keystone?.password.reveal() ?? '',
    KEYSTONE_PROJECT: keystone?.project ?? '',
    KEYSTONE_USER_DOMAIN: keystone?.userDomain ?? '',
    KEYSTONE_PROJECT_DOMAIN: keystone?.projectDomain ?? '',
    ImageCache: glance.options.DEFAULT?.image_cache_dir ? '1' : '',
    DelayedDelete: '',
  };
}

const fill = `
import json, sys
from oriel_configuration import places
text = open(sys.argv[1], encoding='utf-8', newline='').read()
filled = places.fill(text, places.values(json.load(sys.stdin)), places.spelling(sys.argv[1]))
sys.stdout.buffer.write(filled.encode())
`;

function filled(path: string, properties: Record<string, string>): string {
  const input = JSON.stringify(properties);
  return execFileSync('python3', ['-c', fill, path], { env: environment, input, encoding: 'utf8' });
}

const withoutHeading = (text: string): string => text.replace(/^(?:#.*\r\n)+/, '');

it('every place of the texts is one that the program fills', () => {
  const known = readFileSync(dataFile('msi/configure/oriel_configuration/places.py'), 'utf8');
  const properties = Object.keys(propertiesOf(aDeployment().build(), { address: '' } as NodeSettings));
  for (const { path, text } of packageTexts('2024.2'))
    for (const [, name = ''] of text.matchAll(/@([A-Z_]+)@/g))
      expect(known.includes(`'${name}'`) || properties.includes(name), `${path}: ${name}`).toBe(true);
});
