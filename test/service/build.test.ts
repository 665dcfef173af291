import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { hasCompiler } from './compiler.ts';

const committed = readFileSync(dataFile('msi', 'service', 'oriel-service.exe'));
const out = mkdtempSync(join(tmpdir(), 'oriel-wrapper-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('oriel-service.exe', () => {
  it('has the hash that stands beside it', () => {
    const line = readFileSync(dataFile('msi', 'service', 'oriel-service.exe.sha256'), 'utf8');
    expect(line).toBe(`${createHash('sha256').update(committed).digest('hex')}  oriel-service.exe\n`);
  });

  it('carries its version and needs nothing that Windows does not have', () => {
    const text = committed.toString('latin1');
    expect(text).toContain(Buffer.from('FileVersion', 'utf16le').toString('latin1'));
    const libraries = text.match(/[\w-]+\.dll/gi)?.map((name) => name.toLowerCase());
    expect(new Set(libraries)).toEqual(new Set(['advapi32.dll', 'kernel32.dll', 'msvcrt.dll']));
  });

  it.skipIf(!hasCompiler)('is what its sources give, byte for byte, today and in another year', () => {
    execFileSync(dataFile('msi', 'service', 'build.sh'), [out]);
    expect(readFileSync(join(out, 'oriel-service.exe')).equals(committed)).toBe(true);
    execFileSync('faketime', ['2031-01-01', dataFile('msi', 'service', 'build.sh'), out]);
    expect(readFileSync(join(out, 'oriel-service.exe')).equals(committed)).toBe(true);
  });
});
