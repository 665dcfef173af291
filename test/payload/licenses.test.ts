import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../src/payload/cache/files.ts';
import { licenseOf, readLicenses, writeLicenses } from '../../src/payload/tree/licenses.ts';
import { hashTree } from '../../src/payload/tree/tree.ts';
import { aFolder } from './folder.ts';

describe('the licence of a package is', () => {
  test.each([
    [
      'the expression',
      'License-Expression: MIT\nLicense: x\nClassifier: License :: OSI Approved :: BSD License',
      'MIT',
    ],
    [
      'its classifiers',
      'License: x\nClassifier: License :: OSI Approved :: BSD License\nClassifier: License :: OSI Approved :: MIT License',
      'BSD License, MIT License',
    ],
    ['the words', 'License: BSD-derived\n  and more\nClassifier: License :: OSI Approved', 'BSD-derived'],
    ['not known', 'Name: x\nLicense: UNKNOWN', 'unknown'],
    ['nothing that its description says', 'Name: x\n\nLicense: MIT', 'unknown'],
  ])('%s', (_, metadata, license) => {
    expect(licenseOf(metadata)).toBe(license);
  });
});

test('texts are found in the folder of the package and written to one of its own', async () => {
  const info = 'lib/site-packages/A_b-1.0.dist-info';
  const root = aFolder({
    'LICENSE.txt': 'PSF',
    [`${info}/METADATA`]: 'Name: A.b\nLicense: MIT\n',
    [`${info}/licenses/LICENSE.md`]: 'text',
    [`${info}/top_level.txt`]: '',
    'lib/site-packages/a_b/license.py': '',
  });
  const files = await hashTree(root);
  const about = { python: '3.11.3', source: '', bytecode: 'none', notes: [], digest: '' };
  const tree = { ...about, root, files, packages: [{ name: 'a-b', version: '1.0' }] };
  const licenses = await readLicenses(tree);
  const out = join(aFolder(), 'out');
  await writeLicenses(licenses, tree, out);
  expect(await listFiles(out)).toEqual([
    'a-b-1.0/licenses/LICENSE.md',
    'licenses.json',
    'python-3.11.3/LICENSE.txt',
  ]);
  expect(JSON.parse(readFileSync(join(out, 'licenses.json'), 'utf8'))).toEqual(licenses);
  expect(licenses.map(({ name, license }) => [name, license])).toEqual([
    ['python', 'PSF-2.0'],
    ['a-b', 'MIT'],
  ]);
});
