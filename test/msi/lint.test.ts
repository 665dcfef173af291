import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import { tableSchema } from '../../src/msi/database/schema.ts';
import { explanations } from '../../src/msi/lint/explanations.ts';
import { lintPackage, lintRules, severities } from '../../src/msi/lint/index.ts';
import { explainRule } from '../../src/msi/lint/reference.ts';
import { type MsiDatabase, readMsi } from '../../src/msi/read/read.ts';
import { aModel, textFile } from './a-model.ts';
import { breakages } from './breakages.ts';
import { everything } from './everything.ts';
import { add, foreign } from './table-changes.ts';

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
    expect([...tableSchema.keys()].filter((name) => !database.tables.has(name))).toEqual([]);
    database.close();
  });

  test.each(breakages)('$rule: $what', ({ rule, change }) => {
    const tables = new Map(sound.tables);
    change(tables);
    const found = lintPackage({ ...sound, tables });
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });

  test('package-code: the package code is not a product code', () => {
    const revision = sound.tables.get('Property')?.rows.find(([name]) => name === 'ProductCode')?.[1];
    const found = lintPackage({ ...sound, summary: { ...sound.summary, revision: String(revision) } });
    expect(found.map(({ rule }) => rule)).toEqual(['package-code']);
  });

  test('every rule has a package that breaks it', () => {
    const broken = new Set([...breakages.map(({ rule }) => rule), 'package-code']);
    expect(lintRules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  test('every rule is explained, and nothing that is not a rule', () => {
    expect(Object.keys(explanations).sort()).toEqual([...severities.keys()].sort());
    expect(explainRule('ice63')).toMatch(/^ICE63 \(error\): RemoveExistingProducts/);
    expect(explainRule('ICE01')).toMatch(/is not checked/);
    expect(() => explainRule('ICE999')).toThrow(/no rule ICE999/);
  });

  test('dialogs need an end, and the error dialog its text', () => {
    const tables = new Map(sound.tables);
    foreign('Dialog', '*Dialog s72 | Control_First s50', ['E', 'A'])(tables);
    add('Property', ['ErrorDialog', 'E'])(tables);
    const messages = lintPackage({ ...sound, tables })
      .filter(({ rule }) => rule === 'ICE20')
      .map(({ message }) => message);
    expect(messages).toContain('the error dialog E has no control ErrorText');
    expect(messages).toContain('InstallUISequence shows no dialog when it fails (-3)');
    expect(messages).toContain('there is no dialog FilesInUse');
  });
});
