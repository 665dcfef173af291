import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../src/payload/cache/files.ts';
import { planModules, zipModules } from '../../src/payload/python/modules.ts';
import { aFolder } from './folder.ts';

const site = 'lib/site-packages';
const zipped = (files: readonly string[], staying: readonly string[] = []) =>
  planModules(files, staying).flatMap((module) => (module.zipped ? [module.zipped] : []));

describe('into the zip file go', () => {
  test('modules and packages that are Python alone', () => {
    const files = [
      'lib/abc.py',
      'lib/json/__init__.py',
      'lib/json/tool.py',
      `${site}/six.py`,
      `${site}/a/__init__.py`,
    ];
    expect(zipped(files)).toEqual(['abc.py', 'json/__init__.py', 'json/tool.py', 'six.py', 'a/__init__.py']);
  });

  test.each([
    ['a package with a data file', ['a/__init__.py', 'a/data.json']],
    ['a package with native code', ['a/__init__.py', 'a/_a.pyd']],
    ['a namespace package, which is found on disk only', ['a/b/__init__.py']],
    ['a name that is there twice, as order on the path decides', ['wmi.py', 'wmi/__init__.py']],
    ['a name that native code has too', ['a.py', 'a.cp311-win_amd64.pyd']],
    ['what must stay', ['stay/__init__.py']],
  ])('but not %s', (_, files) => {
    expect(
      zipped(
        files.map((file) => `${site}/${file}`),
        ['stay'],
      ),
    ).toEqual([]);
  });

  test('nothing outside lib', () => {
    expect(planModules(['python.exe', 'a.py', 'Tools/a.py'], [])).toEqual([]);
  });
});

describe('the zip file', () => {
  const files = {
    'lib/b.py': 'value = 2',
    [`${site}/a/__init__.py`]: 'value = 1',
    [`${site}/a/c.txt`]: '',
    'lib/d.py': '',
  };

  test('holds the modules, which are gone from the tree, and can be imported from', async () => {
    const root = aFolder({ ...files, [`${site}/p/__init__.py`]: 'value = 3' });
    await zipModules(root, 'python311.zip', planModules(await listFiles(root), []));
    expect(await listFiles(root)).toEqual([`${site}/a/__init__.py`, `${site}/a/c.txt`, 'python311.zip']);
    const program = `import sys; sys.path.insert(0, ${JSON.stringify(join(root, 'python311.zip'))}); import b, p; print(b.value, p.value)`;
    expect(spawnSync('python3', ['-c', program], { encoding: 'utf8' }).stdout.trim()).toBe('2 3');
  });

  test('is the same in every time zone', async () => {
    const zone = process.env.TZ;
    const made = async (name: string) => {
      process.env.TZ = name;
      const root = aFolder(files);
      await zipModules(root, 'x.zip', planModules(await listFiles(root), []));
      return readFileSync(join(root, 'x.zip'), 'hex');
    };
    try {
      expect(await made('Pacific/Kiritimati')).toBe(await made('Pacific/Midway'));
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});
