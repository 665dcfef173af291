import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { hasCompiler } from '../service/compiler.ts';

/** Libraries of actions, with what they need of Windows besides the C library. */
const libraries = [
  ['configure', ['advapi32.dll', 'kernel32.dll', 'msi.dll', 'msvcrt.dll']],
  ['dialogs', ['advapi32.dll', 'kernel32.dll', 'msi.dll', 'msvcrt.dll', 'ws2_32.dll']],
] as const;
const out = mkdtempSync(join(tmpdir(), 'oriel-configure-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe.each(libraries)('oriel-%s.dll', (folder, needed) => {
  const name = `oriel-${folder}.dll`;
  const committed = readFileSync(dataFile('msi', folder, name));
  it('has the hash that stands beside it', () => {
    const line = readFileSync(dataFile('msi', folder, `${name}.sha256`), 'utf8');
    expect(line).toBe(`${createHash('sha256').update(committed).digest('hex')}  ${name}\n`);
  });

  it('carries its version and needs nothing that Windows does not have', () => {
    const text = committed.toString('latin1');
    expect(text).toContain(Buffer.from('FileVersion', 'utf16le').toString('latin1'));
    const found = text.match(/[\w-]+\.dll/gi)?.map((library) => library.toLowerCase());
    expect(new Set(found)).toEqual(new Set([...needed, name]));
  });

  it.skipIf(!hasCompiler)('is what its sources give, byte for byte, today and in another year', () => {
    const build = dataFile('msi', folder, 'build.sh');
    execFileSync(build, [out]);
    expect(readFileSync(join(out, name)).equals(committed)).toBe(true);
    execFileSync('faketime', ['2031-01-01', build, out]);
    expect(readFileSync(join(out, name)).equals(committed)).toBe(true);
  });
});
