import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { lockPath, readLockInputs } from '../../src/payload/inputs.ts';
import { inputsDigest } from '../../src/payload/lock.ts';
import { compareLocks, type LockedPackage, normalizeName, parseLock } from '../../src/payload/lockfile.ts';
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

describe('the lock of 2024.2', async () => {
  const text = readFileSync(lockPath('2024.2'), 'utf8');
  const inputs = await readLockInputs('2024.2');
  const packages = parseLock(text, '2024.2.lock.txt');

  test('was made from what is there now', () => {
    expect(text).toContain(inputsDigest(inputs));
    expect(inputsDigest({ ...inputs, constraints: '' })).not.toBe(inputsDigest(inputs));
  });

  test('is sorted and holds what was asked for at the versions of the series', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(packages).toContainEqual(expect.objectContaining({ name: 'glance', version: '29.2.1' }));
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
