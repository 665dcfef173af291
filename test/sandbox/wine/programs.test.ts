import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dataFile } from '../../../src/data-files.ts';
import { prefixFile } from '../../../src/sandbox/wine/files.ts';
import { hasCompiler } from '../../service/compiler.ts';

const programs = ['winectl.exe', 'bcryptprimitives.dll'];
const out = mkdtempSync(join(tmpdir(), 'oriel-programs-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

describe('the programs of a prefix', () => {
  it.each(programs)('%s has the hash that stands beside it', (name) => {
    expect(prefixFile(name).length).toBeGreaterThan(1000);
  });

  it.skipIf(!hasCompiler)('are what their sources give, byte for byte', () => {
    execFileSync(dataFile('src', 'sandbox', 'wine', 'build.sh'), [out]);
    for (const name of programs)
      expect(readFileSync(join(out, name)).equals(prefixFile(name)), name).toBe(true);
  });
});
