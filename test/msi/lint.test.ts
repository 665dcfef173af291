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
import { dialogBreakages } from './dialogs/breakages.ts';
import { withDialogs } from './dialogs/with-dialogs.ts';
import { everything } from './everything.ts';
import { add, all, type Change, drop, firstFile, foreign, key, set } from './table-changes.ts';

let directory: string;
let sound: MsiDatabase;
let shown: MsiDatabase;
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
  const withPages = join(directory, 'shown.msi');
  await buildMsi(withDialogs(everything(undefined)), withPages);
  shown = readMsi(withPages);
});
afterAll(() => {
  sound?.close();
  shown?.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('lint', () => {
  test('finds nothing in a package of ours', () => {
    expect(lintPackage(sound)).toEqual([]);
  });

  test('finds nothing in a package with a row in every table', async () => {
    const path = join(directory, 'everything.msi');
    await buildMsi(withDialogs(everything(undefined)), path);
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

  test.each(dialogBreakages)('$rule: $what, in a package with dialogs', ({ rule, change }) => {
    const tables = new Map(shown.tables);
    change(tables);
    const found = lintPackage({ ...shown, tables });
    expect(found.map((finding) => finding.rule)).toContain(rule);
  });

  test('package-code: the package code is not a product code', () => {
    const revision = sound.tables.get('Property')?.rows.find(([name]) => name === 'ProductCode')?.[1];
    const found = lintPackage({ ...sound, summary: { ...sound.summary, revision: String(revision) } });
    expect(found.map(({ rule }) => rule)).toEqual(['package-code']);
  });

  test('summary-codepage: the summary is not UTF-8', () => {
    const found = lintPackage({ ...sound, summary: { ...sound.summary, codepage: 65_001 } });
    expect(found.map(({ rule }) => rule)).toEqual(['summary-codepage']);
  });

  test('every rule has a package that breaks it', () => {
    const broken = new Set([
      ...[...breakages, ...dialogBreakages].map(({ rule }) => rule),
      ...['package-code', 'summary-codepage'],
    ]);
    expect(lintRules.map(({ id }) => id).filter((id) => !broken.has(id))).toEqual([]);
  });

  // Each is allowed by the documentation of its rule, and was an error here.
  const allowed: readonly (readonly [string, string, Change])[] = [
    ['ICE06', 'a table of an older schema', (tables) => shorten(tables, 'ServiceInstall', 'Description')],
    [
      'ICE27',
      'a search after the conditions',
      set('InstallExecuteSequence', 'Sequence', 450, key('AppSearch')),
    ],
    [
      'ICE63',
      'a removal after the end, in a package that publishes nothing',
      all(
        drop('InstallExecuteSequence', key('PublishProduct')),
        set('InstallExecuteSequence', 'Sequence', 6601, key('RemoveExistingProducts')),
      ),
    ],
    [
      'ICE77',
      'an immediate action after the end',
      set('InstallExecuteSequence', 'Sequence', 6601, key('SetInstallLocation')),
    ],
  ];
  test.each(allowed)('%s does not find %s', (rule, _, change) => {
    const tables = new Map(sound.tables);
    change(tables);
    const found = lintPackage({ ...sound, tables });
    expect(found.filter((finding) => finding.rule === rule)).toEqual([]);
  });

  test('a file of another component of one feature, and a long text, are warnings', () => {
    const tables = new Map(sound.tables);
    set('Registry', 'Value', `[#${firstFile(tables)[0]}]`)(tables);
    set('ServiceInstall', 'Description', 'x'.repeat(300))(tables);
    const found = lintPackage({ ...sound, tables });
    expect([...new Set(found.map(({ rule, severity }) => `${rule} ${severity}`))]).toEqual([
      'ICE03 warning',
      'ICE69 warning',
    ]);
    set('FeatureComponents', 'Feature_', 'Other', (row) => row[1] === 'c_registry')(tables);
    expect(lintPackage({ ...sound, tables })).toContainEqual(
      expect.objectContaining({ rule: 'ICE69', severity: 'error' }),
    );
  });

  test.each([
    ['Quantum', 42, 2],
    ['part of a set', 30, 1],
  ])('a cabinet that is %s is not checked, and not called damaged', (words, at, value) => {
    const [name = '', cabinet] =
      [...sound.streams].find(([, stream]) => stream.read().toString('latin1', 0, 4) === 'MSCF') ?? [];
    const bytes = Buffer.from(cabinet?.read() ?? []);
    bytes.writeUInt16LE(value, at);
    const streams = new Map(sound.streams).set(name, {
      name,
      size: bytes.length,
      read: (from = 0, length = bytes.length) => bytes.subarray(from, from + length),
    });
    const found = lintPackage({ ...sound, streams });
    expect(found).toMatchObject([{ rule: 'cabinet', severity: 'warning' }]);
    expect(found[0]?.message).toMatch(new RegExp(`^not checked: .*${words}.*does not read$`));
  });

  test('a package without codes has not one code for two things', () => {
    const tables = new Map(sound.tables);
    drop('Property', key('ProductCode'))(tables);
    const { revision: _, ...summary } = sound.summary;
    const found = lintPackage({ ...sound, tables, summary });
    expect(found.map(({ rule }) => rule)).toEqual(['ICE24']);
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

/** Takes a column out of a table and of its description. */
function shorten(tables: Parameters<Change>[0], name: string, column: string): void {
  const { columns = [], rows = [] } = tables.get(name) ?? {};
  const at = columns.findIndex((one) => one.name === column);
  tables.set(name, {
    name,
    columns: columns.toSpliced(at, 1),
    rows: rows.map((row) => row.toSpliced(at, 1)),
  });
  drop('_Validation', (row) => row[0] === name && row[1] === column)(tables);
}
