import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderGlance } from '../../../src/components/glance/render/render.ts';
import { loadSite } from '../../../src/components/index.ts';
import type { OsloSyntax } from '../../../src/render/oslo.ts';
import { Secret } from '../../../src/secret.ts';
import { osloPython } from '../../render/oslo-python.ts';

const reader = osloPython();
const reason = 'missing' in reader ? ` (skipped: ${reader.missing})` : '';
const env = { TEST_DB: 'a@b/c:d%e$f"', TEST_KEYSTONE: '"$x\\$y', TEST_KEY: '$$', TEST_TOKEN: "'t'" };

type ExpectedOption = readonly [group: string, name: string, kind: OsloSyntax['kind'], value: unknown];

/** What the service would find in the rendered glance-api.conf of a site. */
async function readBack(site: string, wanted: readonly ExpectedOption[]): Promise<unknown> {
  const deployment = await loadSite(`test/cases/render/${site}.yaml`, { env });
  const [node] = deployment.nodes;
  const content =
    node && renderGlance(deployment, node).find(({ name }) => name === 'glance-api.conf')?.content;
  const folder = mkdtempSync(join(tmpdir(), 'oriel-conf-'));
  try {
    const file = join(folder, 'glance-api.conf');
    writeFileSync(file, content instanceof Secret ? content.reveal() : (content ?? ''));
    const asked = wanted.map(([group, name, kind]) => ({
      group,
      name,
      kind,
      brackets: /^(allowed_p|enabled_i)/.test(name),
      quotes: name === 'enabled_import_methods',
    }));
    const args = ['test/render/read-oslo.py', file];
    const options = { input: JSON.stringify(asked), env: { ...process.env, PYTHONUTF8: '1' } };
    return JSON.parse(execFileSync('python' in reader ? reader.python : '', args, options).toString());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(reason)(`glance-api.conf read by oslo.config${reason}`, () => {
  it.each<[string, readonly ExpectedOption[]]>([
    [
      'secrets',
      [
        ['DEFAULT', 'enabled_backends', 'dict', { images: 'file' }],
        ['DEFAULT', 'metadata_encryption_key', 'scalar', env.TEST_KEY],
        ['images', 'filesystem_store_datadir', 'scalar', '\\\\SOFS1\\images'],
        [
          'os_glance_staging_store',
          'filesystem_store_datadir',
          'scalar',
          '//./C:/ProgramData/oriel/staging/images',
        ],
        [
          'database',
          'connection',
          'scalar',
          'mysql+pymysql://glance:a%40b%2Fc%3Ad%25e%24f%22@db/glance?charset=utf8',
        ],
        ['keystone_authtoken', 'password', 'scalar', env.TEST_KEYSTONE],
        ['vault_of_ours', 'token', 'scalar', env.TEST_TOKEN],
      ],
    ],
    [
      'nasty',
      [
        ['database', 'connection', 'scalar', 'sqlite:///C:/dir$1/glance.sqlite'],
        ['DEFAULT', 'image_cache_dir', 'scalar', 'C:\\cache$dir\\$'],
        ['DEFAULT', 'default_publisher_id', 'scalar', '"10GB"'],
        ['DEFAULT', 'enabled_import_methods', 'list', ['web-download', 'a,b', '"quoted"']],
        ['DEFAULT', 'logging_default_format_string', 'scalar', '%(asctime)s [%(name)s] $ # ; %(message)s'],
        ['import_filtering_opts', 'allowed_ports', 'list', ['80', '443', '8080']],
        ['inject_metadata_properties', 'inject', 'dict', { os_type: 'windows', path: 'C:\\x', ünïcode: 'Ω' }],
        ['oslo_messaging_notifications', 'driver', 'multi', ['log', 'messagingv2']],
        ['my_driver', 'url', 'scalar', 'https://x/?a=$b&c=%d'],
        ['my_driver', 'map', 'dict', { k: 'v' }],
      ],
    ],
  ])('%s', async (site, wanted) => {
    expect(await readBack(site, wanted)).toEqual(wanted.map(([, , , value]) => value));
  });
});
