import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheProblems } from '../../src/payload/tree/proof.ts';
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

test('a file that was changed together with the record of its tree is found by the proof that is kept apart', async () => {
  const cache = aFolder({ 'tree/a.py': 'right' });
  const root = join(cache, 'tree');
  const tree = async () => {
    const files = await hashTree(root);
    return { root, files, digest: treeDigest(files) };
  };
  expect(await cacheProblems(await tree(), 'key', cache)).toEqual([]);
  expect(readFileSync(join(cache, 'proofs/key'), 'utf8')).toBe(`${(await tree()).digest}\n`);
  writeFileSync(join(root, 'a.py'), 'wrong');
  expect(await cacheProblems(await tree(), 'key', cache)).toEqual([
    'its record is not the one that was written',
  ]);
});
