import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createTar } from 'nanotar';
import { describe, expect, test } from 'vitest';
import { listFiles, sha256 } from '../../src/payload/cache/files.ts';
import { parseLock } from '../../src/payload/lock/lockfile.ts';
import {
  type BundleLock,
  checkIndex,
  findIndexProblems,
  openIndex,
  writeBundle,
} from '../../src/payload/wheels/bundle.ts';
import { aFolder } from './folder.ts';
import { aWheel } from './wheel.ts';

const [one, two, tool] = [aWheel('one', '1.0'), aWheel('two', '2.0'), aWheel('tool', '3.0')];
const runtime = 'the archive of Python';
const lock = one.line + two.line;
const parts: BundleLock = {
  lock,
  packages: parseLock(lock, 'lock.txt'),
  inputs: { release: '2024.2', sdists: ['two'], buildLock: tool.line },
  runtime: sha256(runtime),
};
const files = Object.fromEntries([two, tool, one].map(({ file, bytes }) => [file, bytes]));

async function aBundle(): Promise<{ readonly file: string; readonly folder: string }> {
  const root = aFolder({ ...files, 'python.zip': runtime });
  const paths = Object.keys(files).map((name) => join(root, name));
  const made = await writeBundle(join(root, 'out/b.tar'), parts, {
    runtime: join(root, 'python.zip'),
    files: paths,
  });
  const { bundle = '' } = await openIndex(made.path, '/', join(root, 'scratch'));
  return { file: made.path, folder: bundle };
}

const problemsOf = async (folder: string) =>
  findIndexProblems(await openIndex(folder, '/', '/nowhere'), parts);

describe('a bundle', () => {
  test('has the same bytes wherever and whenever it is made', async () => {
    const [first, second] = [await aBundle(), await aBundle()];
    expect(readFileSync(second.file).equals(readFileSync(first.file))).toBe(true);
  });

  test('holds the locks, Python and the wheels, and has no problems packed or unpacked', async () => {
    const { file, folder } = await aBundle();
    expect(await listFiles(folder)).toEqual([
      'locks/2024.2.lock.txt',
      'locks/build.lock.txt',
      `runtime/${parts.runtime}.zip`,
      ...Object.keys(files)
        .map((name) => `wheels/${name}`)
        .sort(),
    ]);
    expect(await problemsOf(folder)).toEqual([]);
    const open = await openIndex(basename(file), join(file, '..'), aFolder());
    expect(await findIndexProblems(open, parts)).toEqual([]);
  });

  test.each<readonly [string, (folder: string) => void, string]>([
    [
      'a changed wheel',
      (at) => writeFileSync(join(at, 'wheels', one.file), 'x'),
      `${one.file} is not in the lock`,
    ],
    ['a wheel less', (at) => rmSync(join(at, 'wheels', one.file)), 'one 1.0 is missing'],
    ['a tool less', (at) => rmSync(join(at, 'wheels', tool.file)), 'tool 3.0 is missing'],
    ['a wheel more', (at) => writeFileSync(join(at, 'wheels/three.whl'), ''), 'three.whl is not in the lock'],
    [
      'a changed Python',
      (at) => writeFileSync(join(at, `runtime/${parts.runtime}.zip`), ''),
      `${parts.runtime}.zip is not the one`,
    ],
    [
      'no Python',
      (at) => rmSync(join(at, 'runtime'), { recursive: true }),
      `${parts.runtime}.zip is missing`,
    ],
    [
      'the lock of another time',
      (at) => writeFileSync(join(at, 'locks/2024.2.lock.txt'), one.line),
      '2024.2.lock.txt is not the one of this release',
    ],
    ['a folder more', (at) => mkdirSync(join(at, 'wheels/more')), 'more is not in the lock'],
    ['a file more', (at) => writeFileSync(join(at, 'README'), ''), 'README does not belong there'],
  ])('with %s is refused by its name', async (_, change, message) => {
    const { folder } = await aBundle();
    const copy = join(aFolder(), 'copy');
    cpSync(folder, copy, { recursive: true });
    change(copy);
    expect((await problemsOf(copy)).join('\n')).toContain(message);
    await expect(checkIndex(await openIndex(copy, '/', '/nowhere'), parts)).rejects.toThrow(
      'nothing was installed',
    );
  });

  test.each(['../evil', 'wheels/../../evil', 'a/b/c', '/etc/evil'])(
    'with the entry %s is refused or stays inside',
    async (name) => {
      const root = aFolder({
        'b.tar': createTar([
          { name: 'wheels/x', data: 'x' },
          { name, data: 'x' },
        ]),
      });
      const scratch = join(root, 'scratch');
      mkdirSync(scratch);
      const problems = openIndex('b.tar', root, scratch).then((open) => findIndexProblems(open, parts));
      expect(await problems.then((found) => found.join('\n'), String)).toMatch(/evil|"a\/b\/c"/);
      expect(await listFiles(root)).not.toContain('evil');
    },
  );

  test.each([
    [
      'cut off in a file',
      async () => {
        const bytes = readFileSync((await aBundle()).file);
        return bytes.subarray(0, bytes.indexOf('wheels/two') + 900);
      },
    ],
    ['no tar file', async () => Buffer.alloc(0)],
  ])('that is %s is refused', async (_, content) => {
    const root = aFolder({ 'b.tar': await content() });
    await expect(openIndex('b.tar', root, join(root, 'scratch'))).rejects.toThrow(
      /is not a (whole )?tar file/,
    );
  });

  test('that is cut off between two files misses the rest', async () => {
    const root = aFolder({ 'b.tar': readFileSync((await aBundle()).file).subarray(0, 2048) });
    const open = await openIndex('b.tar', root, join(root, 'scratch'));
    const problems = await findIndexProblems(open, parts);
    expect(problems).toContain('two 2.0 is missing');
  });
});

test('an index is left to uv', async () => {
  for (const index of ['default', 'https://wheels.invalid/simple']) {
    const open = await openIndex(index, '/', '/nowhere');
    expect(open).toEqual({ index });
    await checkIndex(open, parts);
  }
});
