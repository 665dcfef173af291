import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles } from '../../src/payload/cache/files.ts';
import type { LockInputs } from '../../src/payload/lock/inputs.ts';
import { installLock } from '../../src/payload/lock/install.ts';
import { parseLock } from '../../src/payload/lock/lockfile.ts';
import { findUv } from '../../src/payload/lock/uv.ts';
import { readWheelFolder } from '../../src/payload/wheels/wheels.ts';
import { aFolder } from './folder.ts';
import { aWheel } from './wheel.ts';

const bare = { release: '2024.2', python: '3.11', requirements: '', constraints: '' } as const;
const inputs: LockInputs = { ...bare, overrides: [], sdists: [], buildLock: '' };
const [one, two, native] = [
  aWheel('one', '1.0'),
  aWheel('two', '2.0'),
  aWheel('three', '3.0', 'cp311-cp311-win_amd64'),
];
const linux = aWheel('three', '3.0', 'cp311-cp311-manylinux2014_x86_64');
const changed = aWheel('two', '2.0', 'py3-none-any', 'value = "evil"\n');

const folder = (wheels: readonly { file: string; bytes: Uint8Array }[]) =>
  aFolder(Object.fromEntries(wheels.map(({ file, bytes }) => [file, bytes])));

describe('a folder of wheels', () => {
  const lock = { packages: parseLock(one.line + two.line, 'lock.txt'), inputs };
  const problems = async (...wheels: readonly { file: string; bytes: Uint8Array }[]) =>
    (await readWheelFolder(folder(wheels), lock)).problems;

  test('that is the lock has no problems', async () => {
    expect(await problems(one, two)).toEqual([]);
  });

  test('with a changed file names the file and the package', async () => {
    expect(await problems(one, changed)).toEqual([
      expect.stringMatching(/^two-2\.0-py3-none-any\.whl is not in the lock/),
      'two 2.0 is missing',
    ]);
  });

  test('without a file names its package', async () => {
    expect(await problems(one)).toEqual(['two 2.0 is missing']);
  });

  test('with a file more names it', async () => {
    expect(await problems(one, two, native)).toEqual([
      expect.stringContaining(`${native.file} is not in the lock`),
    ]);
  });

  test('has the tools that build source archives, where there is one', async () => {
    const tool = aWheel('tool', '1.0');
    const needing = { ...lock, inputs: { sdists: ['two'], buildLock: tool.line } };
    const found = await readWheelFolder(folder([one, two]), needing);
    expect(found.problems).toEqual(['tool 1.0 is missing']);
    expect((await readWheelFolder(folder([one, two, tool]), needing)).problems).toEqual([]);
  });

  test('that is not there is refused', async () => {
    await expect(readWheelFolder('/nowhere', lock)).rejects.toThrow('there is no folder /nowhere');
  });
});

const uv = await findUv().catch(() => undefined);

describe.skipIf(!uv)('an installation (skipped: needs uv)', () => {
  async function install(
    lock: string,
    wheels: readonly { file: string; bytes: Uint8Array }[],
  ): Promise<readonly string[]> {
    const root = aFolder({ 'scratch/x': '' });
    const index = folder(wheels);
    const target = join(root, 'site');
    const [scratch, cache] = [join(root, 'scratch'), join(root, 'cache')];
    await installLock({ uv: uv ?? '', inputs, lock, index, target, scratch, cache, emit: () => {} });
    return (await listFiles(target)).filter((path) => path.endsWith('.py'));
  }

  test('takes wheels for Windows, also on another system', async () => {
    expect(await install(one.line + native.line, [one, native])).toEqual(['one.py', 'three.py']);
  });

  test('refuses a wheel that is not the locked one and names its package', async () => {
    await expect(install(one.line + two.line, [one, changed])).rejects.toThrow(
      /not the one that was locked.*two/s,
    );
  });

  test('refuses a package without a wheel for Windows and names it', async () => {
    await expect(install(linux.line, [linux])).rejects.toThrow(/cannot be installed.*three/s);
  });

  test('refuses a package that is not there and names it', async () => {
    await expect(install(one.line + two.line, [one])).rejects.toThrow(/cannot be installed.*two/s);
  });
});

test('a machine without uv is told how to get it', async () => {
  const before = process.env.ORIEL_UV;
  process.env.ORIEL_UV = '/nowhere/uv';
  try {
    await expect(findUv()).rejects.toMatchObject({
      name: 'BuildError',
      remedy: expect.stringContaining('install'),
    });
  } finally {
    if (before === undefined) delete process.env.ORIEL_UV;
    else process.env.ORIEL_UV = before;
  }
});
