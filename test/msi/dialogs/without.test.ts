import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../../src/msi/build/build.ts';
import type { Row } from '../../../src/msi/database/table.ts';
import type { MsiModel } from '../../../src/msi/model/model.ts';
import { readMsi } from '../../../src/msi/read/read.ts';
import { everything } from '../everything.ts';
import { withDialogs } from './with-dialogs.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-without-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function tablesOf(model: MsiModel): Promise<ReadonlyMap<string, readonly Row[]>> {
  const path = join(folder, 'package.msi');
  await buildMsi(model, path);
  const { tables, close } = readMsi(path);
  close();
  return new Map([...tables].map(([name, { rows }]) => [name, rows]));
}

const ofDialogs = [
  ...['CheckBox', 'ComboBox', 'Control', 'ControlCondition', 'ControlEvent', 'Dialog', 'DialogField'],
  ...['EventMapping', 'ListBox', 'RadioButton', 'TextStyle', 'UIText'],
];

describe('a package without dialogs', () => {
  test('has none of their tables, and every row that it has with them', async () => {
    const [plain, full] = [
      await tablesOf(everything(undefined)),
      await tablesOf(withDialogs(everything(undefined))),
    ];
    expect([...full.keys()].filter((name) => !plain.has(name)).sort()).toEqual(ofDialogs);
    const gone = [...plain].flatMap(([table, rows]) => {
      const kept = new Set(full.get(table)?.map((row) => JSON.stringify(row)));
      return rows.filter((row) => !kept.has(JSON.stringify(row))).map(([key]) => `${table} ${key}`);
    });
    // Another content is another product; and with dialogs Windows can ask what to change.
    expect(gone).toEqual(['Property ARPNOMODIFY', 'Property ProductCode']);
  });

  test('has the rows that it had before there were any', async () => {
    const rows = [...(await tablesOf(everything(undefined)))].sort(([a], [b]) => (a < b ? -1 : 1));
    const hash = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    // Of the compiler before them. Who changes what is in every package writes its new hash here.
    expect(hash).toBe('87b87eb1f093cb9c703e65121180263296bf8168115ca35af068ae4b9cc1ce6c');
  });
});
