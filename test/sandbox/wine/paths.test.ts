import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuildError } from '../../../src/errors.ts';
import { mapShare, toHostPath } from '../../../src/sandbox/wine/prefix.ts';
import cases from '../../cases/sandbox/wine-paths.json' with { type: 'json' };

const folder = mkdtempSync(join(tmpdir(), 'oriel-paths-'));
const prefix = join(folder, 'prefix');
const share = join(folder, 'share');

beforeAll(async () => {
  mkdirSync(join(prefix, 'drive_c', 'Program Files', 'Oriel'), { recursive: true });
  mkdirSync(join(prefix, 'dosdevices'));
  symlinkSync('../drive_c', join(prefix, 'dosdevices', 'c:'));
  writeFileSync(join(prefix, 'drive_c', 'Program Files', 'Oriel', 'Read.Me'), '');
  await mapShare(prefix, '\\\\SOFS1\\images', share);
  writeFileSync(join(share, 'One.img'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a Windows path on this machine', () => {
  it.each(cases.found)('$path', ({ path, place }) => {
    expect(toHostPath(prefix, path)).toBe(join(folder, place));
  });

  it.each(cases.refused)('refuses $path', ({ path, why }) => {
    expect(() => toHostPath(prefix, path)).toThrowError(BuildError);
    expect(() => toHostPath(prefix, path)).toThrowError(why);
  });
});

describe('a share', () => {
  it('is moved to another folder', async () => {
    const other = join(folder, 'other');
    await mapShare(prefix, '\\\\SOFS1\\moved', share);
    await mapShare(prefix, '\\\\SOFS1\\moved', other);
    expect(toHostPath(prefix, '\\\\SOFS1\\moved\\x')).toBe(join(other, 'x'));
  });

  it.each(['images', '\\\\SOFS1', '\\\\SOFS1\\a\\b', 'C:\\images'])('is not %s', async (name) => {
    await expect(mapShare(prefix, name, share)).rejects.toThrowError(BuildError);
  });
});
