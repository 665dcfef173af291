import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oriel, type Said, workspace } from './workspace.ts';

let root: string;
/** A file system of 64 kB that can be filled and closed; only root may mount one. */
let small: string | undefined;
const before = process.env.ORIEL_CACHE;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'oriel-damaged-'));
  const place = join(root, 'small');
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'oriel-test', place], { stdio: 'ignore' });
    small = place;
  } catch {
    small = undefined;
  }
});
afterAll(() => {
  if (small) execFileSync('umount', [small]);
  if (before === undefined) delete process.env.ORIEL_CACHE;
  else process.env.ORIEL_CACHE = before;
  rmSync(root, { recursive: true, force: true });
});

const closed = <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  return work().finally(() => execFileSync('mount', ['-o', 'remount,rw', folder]));
};

function fill(path: string): void {
  for (let size = 4096; ; size += 4096)
    try {
      writeFileSync(path, Buffer.alloc(size));
    } catch {
      return;
    }
}

describe('the cache of blocks', () => {
  const digest = ({ text }: Said) => /sha256 ([0-9a-f]{64})/.exec(text)?.[1];
  const damages: readonly (readonly [string, (cache: string) => void, RegExp])[] = [
    [
      'a changed byte',
      (cache) => eachEntry(cache, '.blocks', flip),
      /is not what was put into the cache, and is made anew/,
    ],
    ['a changed proof', (cache) => eachEntry(cache, '.sha256', flip), /made anew/],
    ['a torn block', (cache) => eachEntry(cache, '.blocks', (path) => truncateSync(path, 100)), /made anew/],
    ['a torn memory of files', (cache) => writeFileSync(join(cache, 'files.json'), '{"a'), /./],
    [
      'directories in the place of blocks',
      (cache) =>
        eachEntry(cache, '.blocks', (path) => {
          rmSync(path);
          mkdirSync(path);
        }),
      /./,
    ],
    [
      'a file in its place',
      (cache) => {
        rmSync(cache, { recursive: true });
        writeFileSync(cache, 'x');
      },
      /building without the cache/,
    ],
  ];
  test.each(damages)('%s: the same package, and a word', async (_, damage, word) => {
    const folder = workspace(root);
    const build = () => oriel('msi', 'build', join(folder, 'product.yaml'), '--out', join(folder, 'x.msi'));
    const right = digest(await build());
    damage(join(folder, 'cache', 'blocks'));
    const again = await build();
    expect(again.code, again.text).toBe(0);
    expect(digest(again)).toBe(right);
    expect(again.text).toMatch(word);
    expect(digest(await build())).toBe(right);
  });

  test('on a full disk, and a read-only one, the same package', async () => {
    if (!small) return expect(process.getuid?.(), 'only root can mount a small disk').not.toBe(0);
    const disk = small;
    const folder = workspace(root);
    const build = () => oriel('msi', 'build', join(folder, 'product.yaml'), '--out', join(folder, 'x.msi'));
    const right = digest(await build());
    process.env.ORIEL_CACHE = join(disk, 'cache');
    mkdirSync(join(disk, 'cache', 'blocks'), { recursive: true });
    fill(join(disk, 'fill'));
    expect(digest(await build())).toBe(right);
    rmSync(join(disk, 'fill'));
    expect(digest(await build())).toBe(right);
    expect(digest(await closed(disk, build))).toBe(right);
    rmSync(join(disk, 'cache'), { recursive: true });
  });
});

function eachEntry(cache: string, suffix: string, change: (path: string) => void): void {
  const names = readdirSync(cache).filter((name) => name.endsWith(suffix));
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) change(join(cache, name));
}

function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
