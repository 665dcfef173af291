import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dataFile } from '../../src/data-files.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import { bytesSource } from '../../src/msi/bytes/source.ts';
import { tableOf } from '../../src/msi/database/database.ts';
import { readPeVersion } from '../../src/msi/layout/pe-version.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { installedFiles } from '../../src/msi/read/view.ts';
import { aModel } from './a-model.ts';
import { hasMingw } from './wine.ts';

describe.skipIf(!hasMingw)('version of a Windows program (skipped: needs mingw)', () => {
  let directory: string;
  const compile = (name: string, ...objects: string[]) => {
    const out = join(directory, name);
    const source = dataFile('examples', 'clock', 'clock.c');
    execFileSync('x86_64-w64-mingw32-gcc', [source, ...objects, '-s', '-o', out]);
    return readFileSync(out);
  };
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'oriel-pe-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('is the one of its resource, with every language; without resource there is none', () => {
    const object = join(directory, 'version.o');
    const resource = new URL('fixtures/version.rc', import.meta.url).pathname;
    execFileSync('x86_64-w64-mingw32-windres', [resource, object]);
    const versioned = compile('with.exe', object);
    expect(readPeVersion(bytesSource(versioned))).toEqual({ version: '7.8.9.10', language: '1033,1031' });
    expect(readPeVersion(bytesSource(compile('without.exe')))).toBeUndefined();
  });

  test('goes into the package, and lint misses it there', async () => {
    const source = join(directory, 'with.exe');
    const path = join(directory, 'versioned.msi');
    await buildMsi(aModel({ files: [{ source, target: 'with.exe' }] }), path);
    const database = readMsi(path);
    const [file] = installedFiles(database);
    expect(file).toMatchObject({ version: '7.8.9.10', language: '1033,1031', md5: null });
    expect(lintPackage(database)).toEqual([]);
    const table = database.tables.get('File');
    const rows = table?.rows.map((row) => row.map((cell, i) => (i === 4 ? null : cell))) ?? [];
    const tables = new Map(database.tables).set('File', tableOf('File', rows));
    expect(lintPackage({ ...database, tables }).map(({ rule }) => rule)).toEqual(['file-version']);
    database.close();
  });

  test('damage gives no version, never a failure', () => {
    const bytes = compile('damaged.exe', join(directory, 'version.o'));
    for (let i = 0; i < 800; i++) {
      const copy = Buffer.from(bytes);
      const at = (i * 7919) % copy.length;
      copy[at] = (copy[at] ?? 0) ^ (1 << (i % 8));
      copy.writeUInt32LE((i * 2_654_435_761) >>> 0, (i * 104_729) % (copy.length - 4));
      expect(() => readPeVersion(bytesSource(copy))).not.toThrow();
    }
    for (let length = 0; length < bytes.length; length += 397)
      expect(() => readPeVersion(bytesSource(bytes.subarray(0, length)))).not.toThrow();
    expect(readPeVersion(bytesSource(Buffer.from('no program')))).toBeUndefined();
  });
});
