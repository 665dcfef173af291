import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import { tablesOf } from '../../src/msi/build/tables.ts';
import type { Table } from '../../src/msi/database/table.ts';
import { planBinaries } from '../../src/msi/layout/plan-binaries.ts';
import { planFiles } from '../../src/msi/layout/plan-files.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { packageData } from '../../src/msi/read/inspect.ts';
import { type MsiDatabase, readMsi } from '../../src/msi/read/read.ts';
import { aModel, textFile, withService } from './a-model.ts';
import { everything } from './everything.ts';
import { idtOf, parseIdt, readIdt } from './idt.ts';

const has = (...tools: string[]) => tools.every((tool) => spawnSync('which', [tool]).status === 0);
const hasMsitools = has('msiinfo', 'msiextract', 'msidump');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-msitools-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const tables = (path: string) =>
  execFileSync('msiinfo', ['tables', path], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((name) => !['_SummaryInformation', '_ForceCodepage'].includes(name))
    .sort();

/** The tables that a model without sources on disk stands for. */
function expectedTables(model: MsiModel, productCode: string): Table[] {
  const { files } = planFiles(model);
  const md5 = files.map(({ content = '' }) => createHash('md5').update(content).digest('hex'));
  const media = [{ cabinet: '#app1.cab', lastSequence: files.length }];
  return tablesOf(model, { files, md5, media, productCode, ...planBinaries(model) });
}

describe.skipIf(!hasMsitools)('msitools (skipped: needs msiinfo, msiextract and msidump)', () => {
  test.each([
    ['a service, in UTF-8', withService()],
    ['a row in every table', everything(undefined)],
  ])('msidump, our reader and the model agree on %s', async (_, model) => {
    const path = join(directory, 'package.msi');
    const { productCode } = await buildMsi(model, path);
    const dump = mkdtempSync(join(directory, 'dump-'));
    execFileSync('msidump', ['-t', '-s', '-d', dump, path], { cwd: dump, stdio: 'ignore' });
    const database = readMsi(path);
    expect(tables(path)).toEqual([...database.tables.keys()].sort());
    for (const table of database.tables.values())
      expect(readIdt(dump, table.name), table.name).toEqual(idtOf(table));
    // Bytes of streams are compared below; the table has their names.
    for (const { name, rows, columns } of expectedTables(model, productCode)) {
      const named = rows.map((row) =>
        row.map((cell) => (cell instanceof Uint8Array ? `${name}.${row[0]}` : cell)),
      );
      if (rows.length > 0) expect(readIdt(dump, name), name).toEqual(idtOf({ name, columns, rows: named }));
    }
    compareStreams(database, join(dump, '_Streams'));
    const summary = readIdt(dump, '_SummaryInformation').rows;
    expect(summary).toContain(`9\t${database.summary.revision}`);
    expect(summary).toContain('7\tx64;1033');
    database.close();
  });

  function compareStreams({ streams }: MsiDatabase, folder: string): void {
    const names = readdirSync(folder).filter((name) => !/SummaryInformation/.test(name));
    expect(names.sort()).toEqual([...streams.keys()].sort());
    for (const [name, stream] of streams) expect(stream.read()).toEqual(readFileSync(join(folder, name)));
  }

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

  test('more files than one cabinet holds, more texts than two bytes count', async () => {
    const files = Array.from({ length: 65_600 }, (_, i) => textFile(`d${i % 80}/${i}.txt`, `${i}`));
    const path = join(directory, 'many.msi');
    await buildMsi(aModel({ files }), path, { level: 1 });
    const database = readMsi(path);
    expect(database.tables.get('Media')?.rows.map((row) => [row[1], row[3]])).toEqual([
      [65_535, '#app1.cab'],
      [65_600, '#app2.cab'],
    ]);
    const { rows } = parseIdt(
      execFileSync('msiinfo', ['export', path, 'File'], { encoding: 'utf8', maxBuffer: 1 << 26 }),
    );
    const file = database.tables.get('File');
    expect(file && idtOf(file).rows).toEqual(rows);
    database.close();
  });
});

describe.skipIf(!hasMsitools || !has('wixl'))('a package by wixl (skipped: needs wixl)', () => {
  test('is read as msiinfo reads it, table by table', () => {
    const folder = join(directory, 'wixl');
    mkdirSync(folder);
    for (const name of ['service.exe', 'one.txt', 'app.ico']) writeFileSync(join(folder, name), `${name}\n`);
    const source = readFileSync(new URL('fixtures/wixl.wxs', import.meta.url));
    writeFileSync(join(folder, 'w.wxs'), source);
    execFileSync('wixl', ['-a', 'x64', '-o', 'w.msi', 'w.wxs'], { cwd: folder, stdio: 'ignore' });
    const path = join(folder, 'w.msi');
    const database = readMsi(path);
    const names = tables(path);
    for (const name of ['Registry', 'ServiceInstall', 'Shortcut', 'Icon', 'CustomAction', 'Upgrade'])
      expect(names).toContain(name);
    expect([...database.tables.keys()].sort()).toEqual(names);
    const data = packageData(database).tables;
    for (const name of names) {
      const exported = parseIdt(
        // It writes streams into its working directory.
        execFileSync('msiinfo', ['export', path, name], { cwd: folder, encoding: 'utf8' }),
      );
      const shown = data[name];
      expect(shown?.columns, name).toEqual(exported.names);
      expect(shown?.rows.map((row) => row.map((cell) => cell ?? '').join('\t')).sort(), name).toEqual(
        exported.rows,
      );
    }
    database.close();
  });
});
