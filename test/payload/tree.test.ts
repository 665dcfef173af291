import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTampering, hashTree, treeDigest } from '../../src/payload/tree/tree.ts';
import { aFolder } from './folder.ts';

test('a tree has one digest wherever it is, and another one with another byte or name', async () => {
  const digest = async (files: Record<string, string>) => treeDigest(await hashTree(aFolder(files)));
  const first = await digest({ 'a/b': 'x', c: 'y' });
  expect(await digest({ c: 'y', 'a/b': 'x' })).toBe(first);
  expect(await digest({ 'a/b': 'x', c: 'z' })).not.toBe(first);
  expect(await digest({ 'a/b': 'x', d: 'y' })).not.toBe(first);
});

test('a file that was changed, is missing or does not belong is named', async () => {
  const root = aFolder({ same: '1', changed: '1', grown: '1', missing: '1' });
  const expected = await hashTree(root);
  expect(await findTampering(root, expected)).toEqual([]);
  writeFileSync(join(root, 'changed'), '2');
  writeFileSync(join(root, 'grown'), '11');
  writeFileSync(join(root, 'extra'), '');
  rmSync(join(root, 'missing'));
  expect(await findTampering(root, expected)).toEqual([
    'extra does not belong there',
    'changed was changed',
    'grown was changed',
    'missing is missing',
  ]);
});
