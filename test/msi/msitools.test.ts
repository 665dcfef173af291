import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build.ts';
import { readMsi } from '../../src/msi/read.ts';
import { aModel, withService } from './a-model.ts';

const hasMsitools = ['msiinfo', 'msiextract'].every((tool) => spawnSync('which', [tool]).status === 0);
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-msitools-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe.skipIf(!hasMsitools)('msitools (skipped: needs msiinfo and msiextract)', () => {
  test('msiinfo exports the rows that we read', async () => {
    const path = join(directory, 'msiinfo.msi');
    await buildMsi(withService(), path);
    const database = readMsi(path);
    const listed = execFileSync('msiinfo', ['tables', path], { encoding: 'utf8' }).trim().split('\n');
    const system = ['_SummaryInformation', '_ForceCodepage'];
    expect(listed.filter((name) => !system.includes(name)).sort()).toEqual(
      [...database.tables.keys()].sort(),
    );
    for (const { name, rows } of database.tables.values()) {
      const lines = execFileSync('msiinfo', ['export', path, name], { encoding: 'utf8' })
        .split('\r\n')
        .slice(3, -1);
      // A code page that is not ASCII stands in the third header line, other differences are none.
      expect(lines.sort(), name).toEqual(rows.map((row) => row.map((cell) => cell ?? '').join('\t')).sort());
    }
    database.close();
  });

  test('msiextract gives the files back', async () => {
    const path = join(directory, 'msiextract.msi');
    const model = aModel();
    await buildMsi(model, path);
    const into = join(directory, 'extracted');
    execFileSync('msiextract', ['-C', into, path], { stdio: 'ignore' });
    const found = readdirSync(into, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(found).toHaveLength(model.files.length);
    for (const { target, content } of model.files) {
      const entry = found.find(({ name, parentPath }) =>
        join(parentPath, name).endsWith(`oriel/test/${target}`),
      );
      expect(entry, target).toBeDefined();
      if (entry) expect(readFileSync(join(entry.parentPath, entry.name))).toEqual(content);
    }
  });
});
