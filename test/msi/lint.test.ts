import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build.ts';
import { lintPackage, rules } from '../../src/msi/lint/index.ts';
import { type MsiDatabase, readMsi } from '../../src/msi/read.ts';
import { schema } from '../../src/msi/schema.ts';
import { aModel, textFile } from './a-model.ts';
import { breakages } from './breakages.ts';
import { everything } from './everything.ts';

let directory: string;
let sound: MsiDatabase;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-lint-'));
  const path = join(directory, 'sound.msi');
  const service = {
    name: 'svc',
    displayName: 'S',
    description: '',
    file: 'bin/s.exe',
    arguments: '',
  } as const;
  await buildMsi(
    aModel({
      files: [...aModel().files, textFile('bin/s.exe')],
      services: [{ ...service, start: 'auto', dependencies: [], startOnInstall: true }],
    }),
    path,
  );
  sound = readMsi(path);
});
afterAll(() => {
  sound?.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('lint', () => {
  test('finds nothing in a package of ours', () => {
    expect(lintPackage(sound)).toEqual([]);
  });

  test('finds nothing in a package with a row in every table', async () => {
    const path = join(directory, 'everything.msi');
    await buildMsi(everything(undefined), path);
    const database = readMsi(path);
    expect(lintPackage(database)).toEqual([]);
    expect([...schema.keys()].filter((name) => !database.tables.has(name))).toEqual([]);
    database.close();
  });

  test.each(breakages)('$rule: $what', ({ rule, change }) => {
    const tables = new Map(sound.tables);
    change(tables);
    const found = lintPackage({ ...sound, tables });
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });

  test('package-code: the package code is no product code', () => {
    const revision = sound.tables.get('Property')?.rows.find(([name]) => name === 'ProductCode')?.[1];
    const found = lintPackage({ ...sound, summary: { ...sound.summary, revision: String(revision) } });
    expect(found.map(({ rule }) => rule)).toEqual(['package-code']);
  });

  test('every rule has a package that breaks it', () => {
    const broken = new Set([...breakages.map(({ rule }) => rule), 'package-code']);
    expect(rules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
