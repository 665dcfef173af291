import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/events.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import { openCabinet } from '../../src/msi/cabinet/read-cabinet.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { ModelError } from '../../src/msi/model/problem.ts';
import { type MsiDatabase, readMsi } from '../../src/msi/read/read.ts';
import cases from '../cases/msi/invalid.json' with { type: 'json' };
import { aModel, textFile, withService } from './a-model.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oriel-build-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const rowsOf = (database: MsiDatabase, table: string) => database.tables.get(table)?.rows ?? [];

describe('a package', () => {
  test('holds what the model says', async () => {
    const path = join(directory, 'new', 'holds.msi');
    const artifact = await buildMsi(withService(), path);
    const database = readMsi(path);
    const property = Object.fromEntries(rowsOf(database, 'Property'));
    expect(database.codepage).toBe(65001);
    expect(database.summary).toMatchObject({ template: 'x64;1033', words: 2, subject: 'Oriel Łódź' });
    expect(database.summary.revision).not.toBe(artifact.productCode);
    expect(artifact).toMatchObject({ name: 'holds.msi', path, files: 3, productCode: property.ProductCode });
    expect(property).toMatchObject({
      ALLUSERS: '1',
      ProductVersion: '1.0.0',
      BINDPORT: '9292',
      MsiHiddenProperties: 'DBPASSWORD',
      SecureCustomProperties: 'BINDPORT;DBPASSWORD;INSTALLDIR;LOGDIR;NEWERVERSIONFOUND;OLDERVERSIONFOUND',
    });
    const [service] = rowsOf(database, 'ServiceInstall');
    expect(service?.slice(1, -2)).toEqual([
      'oriel-test',
      'Oriel test',
      16,
      2,
      0x8001,
      null,
      'Tcpip[~]Dhcp[~][~]',
      '[ACCOUNT]',
      null,
      null,
    ]);
    expect(rowsOf(database, 'ServiceControl')[0]?.slice(1, 5)).toEqual(['oriel-test', 162, null, 1]);
    // The service's component has the program, and nothing else, in it.
    const component = rowsOf(database, 'Component').find(([id]) => id === service?.[11]);
    const members = rowsOf(database, 'File').filter(([, owner]) => owner === component?.[0]);
    expect(members.map(([key, , name]) => [key, name])).toEqual([[component?.[5], 'service.exe']]);
    database.close();
  });

  test('every component is in the feature, every file in a component, every directory has a parent', async () => {
    const path = join(directory, 'references.msi');
    await buildMsi(withService(), path);
    const database = readMsi(path);
    const keys = (table: string) => new Set(rowsOf(database, table).map(([key]) => key));
    for (const [, table] of database.tables)
      table.columns.forEach((column, i) => {
        const target = column.name.endsWith('_') ? column.name.slice(0, -1) : undefined;
        if (target && database.tables.has(target))
          for (const row of table.rows)
            if (row[i] !== null) expect(keys(target), `${table.name}.${column.name}`).toContain(row[i]);
      });
    expect(rowsOf(database, 'FeatureComponents')).toHaveLength(rowsOf(database, 'Component').length);
    const described = new Set(rowsOf(database, '_Validation').map(([table, column]) => `${table}.${column}`));
    const columns = [...database.tables.values()].flatMap(({ name, columns }) =>
      columns.map((c) => `${name}.${c.name}`),
    );
    expect(described).toEqual(new Set(columns));
    database.close();
  });

  test('the cabinet holds the files under their keys, in the order of their sequence', async () => {
    const path = join(directory, 'cabinet.msi');
    const model = aModel();
    await buildMsi(model, path);
    const database = readMsi(path);
    const stream = database.streams.get('app1.cab');
    expect(stream).toBeDefined();
    if (!stream) return;
    const cabinet = openCabinet(stream);
    const rows = [...rowsOf(database, 'File')].sort((a, b) => Number(a[7]) - Number(b[7]));
    expect(cabinet.entries.map(({ name, size }) => [name, size])).toEqual(
      rows.map((row) => [row[0], row[3]]),
    );
    const sorted = model.files.map(({ target }) => target).sort();
    const contents: string[] = [];
    cabinet.extract((_, bytes) => contents.push(bytes.toString()));
    expect(contents).toEqual(sorted.map((target) => (target.includes('empty') ? '' : `${target}\n`)));
    expect(rowsOf(database, 'Media')).toEqual([[1, 4, null, '#app1.cab', null, null]]);
    database.close();
  });

  test('cabinets can lie beside it', async () => {
    const path = join(directory, 'external', 'beside.msi');
    await buildMsi(aModel(), path, { cabinets: 'external' });
    expect(readdirSync(join(directory, 'external')).sort()).toEqual(['beside.1.cab', 'beside.msi']);
    const database = readMsi(path);
    expect(rowsOf(database, 'Media')[0]?.[3]).toBe('beside.1.cab');
    expect(database.streams.size).toBe(0);
    database.close();
  });
});

test('the old product goes first inside the transaction, so that a failure brings it back', async () => {
  const { path } = await buildMsi(aModel(), join(directory, 'upgrade.msi'));
  const database = readMsi(path);
  const order = rowsOf(database, 'InstallExecuteSequence')
    .map(([action, , number]) => [Number(number), action] as const)
    .sort(([a], [b]) => a - b);
  const at = order.findIndex(([, action]) => action === 'RemoveExistingProducts');
  expect(order.slice(at - 1, at + 2)).toEqual([
    [1500, 'InstallInitialize'],
    [1501, 'RemoveExistingProducts'],
    [1600, 'ProcessComponents'],
  ]);
  expect(order.at(-1)).toEqual([6600, 'InstallFinalize']);
  database.close();
});

describe('same inputs, same bytes', () => {
  function tree(name: string, when: number): MsiModel {
    const root = join(directory, name);
    mkdirSync(join(root, 'lib'), { recursive: true });
    const files = ['lib/one.py', 'two.txt', 'lib/three.py'].map((target) => {
      const source = join(root, target);
      writeFileSync(source, `contents of ${target}\n`);
      utimesSync(source, when, when);
      return { source, target };
    });
    return aModel({ files: name === 'first' ? files : files.reverse() });
  }

  test('in another directory, with other dates, in another time zone, in another order', async () => {
    const zone = process.env.TZ;
    const first = await buildMsi(tree('first', 1_000_000_000), join(directory, 'same1', 'p.msi'));
    process.env.TZ = 'Pacific/Auckland';
    const second = await buildMsi(tree('second', 1_600_000_000), join(directory, 'same2', 'q.msi'));
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(second.sha256).toBe(first.sha256);
    expect(readFileSync(second.path).equals(readFileSync(first.path))).toBe(true);
  });

  test('other contents make another product', async () => {
    const first = await buildMsi(aModel(), join(directory, 'p1.msi'));
    const files = [...aModel().files.slice(1), textFile('readme.txt', 'other\n')];
    const second = await buildMsi(aModel({ files }), join(directory, 'p2.msi'));
    expect(second.productCode).not.toBe(first.productCode);
    expect(second.upgradeCode).toBe(first.upgradeCode);
    const guids = (path: string) => {
      const database = readMsi(path);
      database.close();
      return rowsOf(database, 'Component')
        .map((row) => row[1])
        .sort();
    };
    expect(guids(second.path)).toEqual(guids(first.path));
  });
});

describe('what cannot be packaged', () => {
  test.each(cases)('$what', async ({ change, problems }) => {
    const out = join(directory, 'never.msi');
    const files = change.files?.map(({ target }) => textFile(target));
    const model = aModel({ ...(change as Partial<MsiModel>), ...(files && { files }) });
    const error = await buildMsi(model, out).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    if (error instanceof Error) for (const problem of problems) expect(error.message).toContain(problem);
    if (error instanceof Error) expect(error.message.split('\n')).toHaveLength(problems.length + 1);
    expect(existsSync(out)).toBe(false);
  });

  test('is told with the way to it, for those who made the model from something else', async () => {
    const model = aModel({
      version: 'x',
      files: [textFile('a.txt'), { source: join(directory, 'nowhere'), target: 'b.txt' }, textFile('A.txt')],
      registry: [{ root: 'HKLM', key: 'Software\\x', type: 'binary', value: 'odd' }],
    });
    const error = await buildMsi(model, join(directory, 'never.msi')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ModelError);
    if (error instanceof ModelError)
      expect(error.problems.map(({ path }) => path.join('.'))).toEqual([
        'version',
        'files.2.target',
        'registry.0.value',
        'files.1.source',
      ]);
  });

  test('a source that is not there, and nothing is left behind', async () => {
    const out = join(directory, 'gone', 'x.msi');
    const files = [{ source: join(directory, 'nowhere'), target: 'a.txt' }];
    await expect(buildMsi(aModel({ files }), out)).rejects.toThrow(/nowhere \(for a\.txt\) is not a file/);
    expect(existsSync(join(directory, 'gone'))).toBe(false);
  });
});

test('eight thousand files, with progress that is seen and does not flood', async () => {
  const files = Array.from({ length: 8000 }, (_, i) =>
    textFile(`lib/package_${i % 400}/module_with_a_name_${i}.py`, `value = ${i}\n`.repeat(300)),
  );
  const facts: Fact[] = [];
  const started = performance.now();
  const artifact = await buildMsi(aModel({ files }), join(directory, 'large.msi'), {
    emit: (fact) => facts.push(fact),
  });
  const seconds = (performance.now() - started) / 1000;
  expect(artifact.files).toBe(8000);
  const total = files.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  expect(facts.at(-1)).toMatchObject({ kind: 'build-progress', done: total, total });
  expect(facts.length).toBeLessThan(10 * seconds + 2);
  const database = readMsi(artifact.path);
  expect(rowsOf(database, 'File')).toHaveLength(8000);
  database.close();
});
