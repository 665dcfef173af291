import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/payload/cache/files.ts';
import {
  type Distribution,
  findDistributions,
  readPylock,
  wheelRank,
} from '../../src/payload/lock/distributions.ts';
import type { LockInputs } from '../../src/payload/lock/inputs.ts';
import { parseLock } from '../../src/payload/lock/lockfile.ts';
import { findUv } from '../../src/payload/lock/uv.ts';
import { bringDistributions } from '../../src/payload/wheels/fetch.ts';
import { aFolder } from './folder.ts';
import { withIndex } from './package-index.ts';
import { aWheel } from './wheel.ts';

describe('of the wheels of a package', () => {
  test('the one is taken that fits best', () => {
    const best = [
      'a-1-cp311-cp311-win_amd64.whl',
      'a-1-cp311-abi3-win_amd64.whl',
      'a-1-cp37.cp38-abi3-win_amd64.whl',
      'a-1-cp37-abi3-win_amd64.whl',
      'a-1-py3-none-win_amd64.whl',
      'a-1-py2.py3-none-any.whl',
      'a-1.tar.gz',
    ];
    expect(best.toReversed().sort((a, b) => wheelRank(a, '3.11') - wheelRank(b, '3.11'))).toEqual(best);
  });

  test.each([
    'a-1-cp310-cp310-win_amd64.whl',
    'a-1-cp312-abi3-win_amd64.whl',
    'a-1-cp311-cp311-win32.whl',
    'a-1-cp311-cp311-manylinux2014_x86_64.whl',
    'a-1-py2-none-any.whl',
    'a.whl',
  ])('%s does not fit', (file) => {
    expect(wheelRank(file, '3.11')).toBe(Number.POSITIVE_INFINITY);
  });
});

test('the files of a pylock.toml are read, wheels and source archives', () => {
  const [a, b] = [sha256('a'), sha256('b')];
  const text = `[[packages]]
name = "a"
sdist = { url = "https://x.invalid/a/a-1%2B2.tar.gz", upload-time = 2024-01-19T20:47:09Z, size = 3, hashes = { sha256 = "${a}" } }
wheels = [{ name = "a.whl", url = "https://x.invalid/a-1-py3-none-any.whl", hashes = { sha256 = "${b}" } }]
`;
  expect(readPylock(text).map(({ file, sha256: hash }) => [file, hash])).toEqual([
    ['a-1+2.tar.gz', a],
    ['a-1-py3-none-any.whl', b],
  ]);
});

describe('the files of a lock', async () => {
  const uv = await findUv().catch(() => undefined);
  const inputs = { python: '3.11', sdists: [] as readonly string[] } as LockInputs;
  const native = aWheel('one', '1.0', 'cp311-cp311-win_amd64');
  const pure = aWheel('one', '1.0');
  const other = aWheel('one', '1.0', 'cp311-cp311-manylinux2014_x86_64');

  test.skipIf(!uv)('are found in an index, for Windows (skipped: needs uv)', async () => {
    const scratch = aFolder();
    const lock = `one==1.0 ${[native, pure, other].map(({ line }) => line.trim().slice(9)).join(' ')}\n`;
    const find = (url: string, text: string) =>
      findDistributions(text, parseLock(text, 'lock.txt'), {
        ...{ uv: uv ?? '', inputs, scratch, cache: join(scratch, 'cache'), index: `${url}/simple` },
      });
    await withIndex([other, pure, native], async (url) => {
      expect(await find(url, lock)).toEqual([
        expect.objectContaining({
          name: 'one',
          version: '1.0',
          file: native.file,
          url: `${url}/${native.file}`,
        }),
      ]);
    });
  });

  test('are brought once; one that was changed on the way is refused by name', async () => {
    const cache = aFolder();
    const wanted = (url: string): Distribution => ({
      ...{
        name: 'one',
        version: '1.0',
        file: pure.file,
        sha256: sha256(pure.bytes),
        url: `${url}/${pure.file}`,
      },
    });
    const options = { cache, emit: () => {} };
    await withIndex([{ ...pure, bytes: native.bytes }], (url) =>
      expect(bringDistributions([wanted(url)], options)).rejects.toThrow(`${pure.file} has SHA-256`),
    );
    await withIndex([pure], async (url) => {
      const [path = ''] = await bringDistributions([wanted(url)], options);
      expect(readFileSync(path).equals(pure.bytes)).toBe(true);
    });
    // Nobody listens there any more.
    expect(await bringDistributions([wanted('http://127.0.0.1:9')], options)).toHaveLength(1);
    const away = bringDistributions([wanted('http://127.0.0.1:9')], { ...options, cache: aFolder() });
    await expect(away).rejects.toMatchObject({
      message: expect.stringContaining(`cannot fetch ${pure.file}`),
      remedy: expect.stringContaining('payload.index'),
    });
  });
});
