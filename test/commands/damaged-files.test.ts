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

/** Nothing that is wrong with a file is an error of ours, and whoever reads it knows which file. */
function expectClear({ code, text }: Said, path: string): void {
  expect(text).toContain(path);
  expect(text).not.toMatch(/\n\s+at .*\.ts:\d+/);
  expect([2, 0, 3], text).toContain(code);
}

const closed = <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  execFileSync('mount', ['-o', 'remount,ro', folder]);
  return work().finally(() => execFileSync('mount', ['-o', 'remount,rw', folder]));
};

describe('files that a verb writes', () => {
  const writers: readonly (readonly [string, (folder: string, out: string) => readonly string[], string])[] =
    [
      ['init', (_, out) => ['init', join(out, 'site.yaml')], 'site.yaml'],
      [
        'render',
        (folder, out) => ['render', join(folder, 'site.yaml'), '--out', out],
        'glance-1/glance-api.conf',
      ],
      [
        'msi build',
        (folder, out) => ['msi', 'build', join(folder, 'product.yaml'), '--out', join(out, 'x.msi')],
        'x.msi',
      ],
    ];

  test.each(writers)('%s: a directory in the place of the file', async (_, argv, file) => {
    const folder = workspace(root);
    const out = join(folder, 'out');
    mkdirSync(join(out, file), { recursive: true });
    const said = await oriel(...argv(folder, out));
    expectClear(said, join(out, file));
    // A package goes into a directory that is named for it.
    expect(said.code).toBe(file === 'x.msi' ? 0 : 2);
  });

  test.each(writers)('%s: a file in the place of the directory', async (_, argv) => {
    const folder = workspace(root);
    const out = join(folder, 'out');
    writeFileSync(out, 'x');
    const said = await oriel(...argv(folder, out));
    expectClear(said, out);
    expect(said.code).toBe(2);
  });

  test.each(writers)('%s: a full disk, and one that is read-only', async (_, argv, file) => {
    if (!small) return expect(process.getuid?.(), 'only root can mount a small disk').not.toBe(0);
    const folder = workspace(root);
    const out = join(small, 'out');
    mkdirSync(out, { recursive: true });
    writeFileSync(join(small, 'fill'), Buffer.alloc(0));
    fill(join(small, 'fill'));
    const full = await oriel(...argv(folder, out));
    expectClear(full, out);
    expect(full.code).toBe(2);
    expect(full.text).toMatch(/the disk is full|ENOSPC/);
    // Nothing half written stays.
    expect(readdirSync(out, { recursive: true }).filter((name) => !/^glance-1$/.test(String(name)))).toEqual(
      [],
    );
    rmSync(join(small, 'fill'));
    const refused = await closed(small, () => oriel(...argv(folder, out)));
    expectClear(refused, out);
    expect(refused.code).toBe(2);
    rmSync(out, { recursive: true });
    expect(file).not.toBe('');
  });
});

function fill(path: string): void {
  for (let size = 4096; ; size += 4096)
    try {
      writeFileSync(path, Buffer.alloc(size));
    } catch {
      return;
    }
}

describe('files that a verb reads', () => {
  const readers = [
    ['validate', 'site.yaml', ['validate', '--no-secrets', 'site.yaml']],
    ['validate', 'policy.yaml', ['validate', '--no-secrets', 'site.yaml']],
    ['render', 'policy.yaml', ['render', 'site.yaml']],
    ['history', 'site.yaml', ['history', 'site.yaml']],
    ['plan', 'site.yaml', ['plan', 'site.yaml']],
    ['msi build', 'product.yaml', ['msi', 'build', 'product.yaml']],
    ['msi build', 'a.txt', ['msi', 'build', 'product.yaml']],
    ['msi inspect', 'x.msi', ['msi', 'inspect', 'x.msi']],
    ['msi diff', 'x.msi', ['msi', 'diff', 'x.msi', 'x.msi']],
    ['msi lint', 'x.msi', ['msi', 'lint', 'x.msi']],
    ['msi extract', 'x.msi', ['msi', 'extract', 'x.msi', 'out']],
  ] as const;
  test.each(readers)('%s: %s missing, a directory, torn', async (_, file, argv) => {
    const folder = workspace(root);
    const path = join(folder, file);
    if (file === 'x.msi') await oriel('msi', 'build', join(folder, 'product.yaml'), '--out', path);
    const line = argv.map((word) =>
      /\.(yaml|msi)$/.test(word) || word === 'out' ? join(folder, word) : word,
    );
    const whole = readFileSync(path);
    rmSync(path);
    for (const make of [() => {}, () => mkdirSync(path)]) {
      make();
      const said = await oriel(...line);
      expect(said.code, said.text).toBe(2);
      expect(said.text).toContain(file);
      expect(said.text).not.toMatch(/\n\s+at .*\.ts:\d+/);
    }
    rmSync(path, { recursive: true });
    writeFileSync(path, whole);
    truncateSync(path, Math.floor(whole.length / 2));
    const torn = await oriel(...line);
    expect(torn.code, torn.text).not.toBe(70);
    if (file !== 'a.txt') expect(torn.code, torn.text).toBeGreaterThan(0);
  });
});

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
