import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { glanceVersions } from '../../src/components/glance/facts/paths.ts';
import { payloadFolder } from '../../src/components/glance/package/package.ts';
import { constraintsOf, lockPath, readLockInputs, readRuntimes } from '../../src/payload/lock/inputs.ts';
import { inputsDigest } from '../../src/payload/lock/lock.ts';
import {
  compareLocks,
  type LockedPackage,
  normalizeName,
  parseLock,
} from '../../src/payload/lock/lockfile.ts';
import type { Release } from '../../src/site/deployment.ts';
import cases from '../cases/payload/lock.json' with { type: 'json' };

describe('a lock', () => {
  for (const { name, text, packages, error } of cases as readonly {
    readonly name: string;
    readonly text: string;
    readonly packages?: readonly LockedPackage[];
    readonly error?: string;
  }[])
    test(name, () => {
      if (error) expect(() => parseLock(text, 'lock.txt')).toThrow(error);
      else expect(parseLock(text, 'lock.txt')).toEqual(packages);
    });

  test('differs from another by package', () => {
    const lock = (versions: Readonly<Record<string, string>>) =>
      Object.entries(versions).map(([name, version]) => ({ name, version, hashes: [] }));
    expect(compareLocks(lock({ a: '1', b: '1', c: '1' }), lock({ b: '2', c: '1', d: '1' }))).toEqual([
      { name: 'a', from: '1' },
      { name: 'b', from: '1', to: '2' },
      { name: 'd', to: '1' },
    ]);
  });
});

const releases = Object.keys((await readRuntimes()).python) as readonly Release[];

test('there is a lock for every release that has Windows code', () => {
  expect(releases).toEqual(Object.keys(glanceVersions));
});

describe.each(releases)('the lock of %s', async (release) => {
  const text = readFileSync(lockPath(payloadFolder(), release), 'utf8');
  const inputs = await readLockInputs(payloadFolder(), release);
  const packages = parseLock(text, `${release}.lock.txt`);

  test('was made from what is there now', () => {
    expect(text).toContain(inputsDigest(inputs));
    expect(inputsDigest({ ...inputs, constraints: '' })).not.toBe(inputsDigest(inputs));
  });

  test('is sorted and holds what was asked for at the versions of the series', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(packages).toContainEqual(
      expect.objectContaining({ name: 'glance', version: glanceVersions[release] }),
    );
    const pins = [...inputs.constraints.matchAll(/^([\w.-]+)===([^;\s]+)\s*$/gm)].map(
      ([, name = '', version]) => [normalizeName(name), version] as const,
    );
    const wanted = new Map(pins);
    for (const { name, version } of packages)
      if (wanted.has(name)) expect([name, version]).toEqual([name, wanted.get(name)]);
    expect(names).not.toContain('netifaces');
  });

  test('names no place: no host, no path, no option', () => {
    for (const line of text.split('\n').filter((each) => !each.startsWith('#')))
      expect(line).toMatch(/^$|^[a-z0-9-]+==[\w.]+ \\$|^ {4}--hash=sha256:[0-9a-f]{64}( \\)?$/);
  });
});

test('pins of 2023.1 without a wheel are those of 2023.2, and no other release has moved any', async () => {
  const pins = async (release: Release) => {
    const upstream = readFileSync(constraintsOf(release), 'utf8').split('\n');
    return (await readLockInputs(payloadFolder(), release)).constraints
      .split('\n')
      .filter((line) => !upstream.includes(line));
  };
  const moved = [
    'MarkupSafe===2.1.2',
    'greenlet===2.0.2',
    'msgpack===1.0.5',
    'psutil===5.9.5',
    'pyrsistent===0.19.3',
  ];
  expect((await pins('2023.1')).toSorted()).toEqual(moved);
  const next = (await readLockInputs(payloadFolder(), '2023.2')).constraints.split('\n');
  expect(moved.filter((line) => !next.includes(line))).toEqual([]);
  for (const release of ['2023.2', '2024.1', '2024.2'] as const) expect(await pins(release)).toEqual([]);
});
