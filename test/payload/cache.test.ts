import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheDirectory, keepRecent, publish, withScratch } from '../../src/payload/cache/cache.ts';
import { aFolder } from './folder.ts';

test('a scratch folder is gone after its work, also when that fails, and after a day when its process was killed', async () => {
  const cache = aFolder({ 'scratch-killed/x': '', 'scratch-busy/x': '', 'payloads/x': '' });
  utimesSync(join(cache, 'scratch-killed'), 0, 0);
  utimesSync(join(cache, 'payloads'), 0, 0);
  const places: string[] = [];
  await withScratch(cache, async (folder) => void places.push(folder));
  const failing = withScratch(cache, async (folder) => {
    places.push(folder);
    throw new TypeError('failed');
  });
  await expect(failing).rejects.toThrow('failed');
  expect(places.map((place) => existsSync(place))).toEqual([false, false]);
  const left = ['scratch-killed', 'scratch-busy', 'payloads'].map((name) => existsSync(join(cache, name)));
  expect(left).toEqual([false, true, true]);
});

test('what another process has put in place meanwhile stays there', async () => {
  const cache = aFolder({ 'mine/x': 'mine', 'new/x': 'new' });
  await publish(join(cache, 'new'), join(cache, 'deep/place'));
  expect(readFileSync(join(cache, 'deep/place/x'), 'utf8')).toBe('new');
  await publish(join(cache, 'mine'), join(cache, 'deep/place'));
  expect(readFileSync(join(cache, 'deep/place/x'), 'utf8')).toBe('new');
});

test('of a kind two folders stay: those that were used last, and any that was used within the hour', async () => {
  const cache = aFolder({ 'a/x': '', 'b/x': '', 'c/x': '', 'd/x': '' });
  const now = Date.now() / 1000;
  for (const [name, age] of Object.entries({ a: 9000, b: 8000, c: 7000, d: 6000 }))
    utimesSync(join(cache, name), now - age, now - age);
  await keepRecent(cache, 'a');
  expect(readdirSync(cache)).toEqual(['a', 'd']);
  for (const name of ['e', 'f', 'g']) mkdirSync(join(cache, name));
  await keepRecent(cache, 'g');
  expect(readdirSync(cache)).toEqual(['a', 'e', 'f', 'g']);
});

test('a file is replaced', async () => {
  const cache = aFolder({ old: 'old' });
  mkdirSync(join(cache, 'scratch'));
  writeFileSync(join(cache, 'scratch/new'), 'new');
  await publish(join(cache, 'scratch/new'), join(cache, 'old'));
  expect(readFileSync(join(cache, 'old'), 'utf8')).toBe('new');
});

test('the cache is where the environment says, else below the home folder', () => {
  const { ORIEL_CACHE, XDG_CACHE_HOME } = process.env;
  try {
    process.env.ORIEL_CACHE = '/a/b';
    expect(cacheDirectory()).toBe('/a/b');
    delete process.env.ORIEL_CACHE;
    process.env.XDG_CACHE_HOME = '/c';
    expect(cacheDirectory()).toBe('/c/oriel');
    delete process.env.XDG_CACHE_HOME;
    expect(cacheDirectory()).toMatch(/\/\.cache\/oriel$/);
  } finally {
    if (ORIEL_CACHE !== undefined) process.env.ORIEL_CACHE = ORIEL_CACHE;
    if (XDG_CACHE_HOME !== undefined) process.env.XDG_CACHE_HOME = XDG_CACHE_HOME;
  }
});
