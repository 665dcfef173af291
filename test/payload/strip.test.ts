import { describe, expect, test } from 'vitest';
import { listFiles } from '../../src/payload/cache/files.ts';
import { payloadPath } from '../../src/payload/lock/inputs.ts';
import { readStripRules, strip } from '../../src/payload/python/strip.ts';
import { aFolder } from './folder.ts';

const site = 'lib/site-packages';

async function kept(...paths: readonly string[]): Promise<readonly string[]> {
  const root = aFolder(Object.fromEntries(paths.map((path) => [path, ''])));
  await strip(root, await readStripRules(payloadPath('strip.json')));
  return listFiles(root);
}

describe('of a Windows Python with Glance', () => {
  test('import libraries go, code in folders of that name stays', async () => {
    const code = `${site}/os_win/utils/winapi/libs/__init__.py`;
    expect(await kept('libs/python311.lib', 'include/Python.h', code)).toEqual([code]);
  });

  test('alembic migrations stay', async () => {
    const paths = [
      `${site}/glance/db/sqlalchemy/alembic_migrations/versions/a.py`,
      `${site}/glance/db/x.mako`,
    ];
    expect(await kept(...paths)).toEqual(paths);
  });

  test('tests go at every depth, also those of the library', async () => {
    const tests = [
      'lib/test/a.py',
      'lib/ctypes/test/a.py',
      `${site}/glance/tests/unit/a.py`,
      `${site}/a/b/tests/c.py`,
    ];
    expect(await kept(...tests, `${site}/taskflow/test.py`)).toEqual([`${site}/taskflow/test.py`]);
  });

  test('metadata, entry points and licences stay; marks of the installation go', async () => {
    const info = `${site}/glance-29.2.1.dist-info`;
    const stay = ['LICENSE', 'METADATA', 'entry_points.txt', 'licenses/LICENSE.md.txt', 'pbr.json'];
    const go = ['RECORD', 'WHEEL', 'INSTALLER', 'REQUESTED'];
    expect(await kept(...[...go, ...stay].map((name) => `${info}/${name}`))).toEqual(
      stay.map((name) => `${info}/${name}`),
    );
  });

  test('a rule can be taken back for one path', async () => {
    const paths = ['fakes.py', 'unit/test_a.py'].map((name) => `${site}/glance_store/tests/${name}`);
    expect(await kept(...paths)).toEqual(paths.slice(0, 1));
  });
});
