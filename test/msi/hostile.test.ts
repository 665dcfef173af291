import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMsi } from '../../src/msi/build/build.ts';
import { bytesSource } from '../../src/msi/bytes/source.ts';
import { openCabinet } from '../../src/msi/cabinet/read-cabinet.ts';
import type { Row, Table } from '../../src/msi/database/table.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { extractPackage } from '../../src/msi/read/extract.ts';
import { describePackage } from '../../src/msi/read/inspect.ts';
import { type MsiDatabase, readMsi } from '../../src/msi/read/read.ts';
import { aModel, textFile } from './a-model.ts';
import { add, type Change, set } from './table-changes.ts';

describe('packages that are made to harm', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-hostile-'));
  const at = (name: string) => join(folder, name);
  let sound: MsiDatabase;
  beforeAll(async () => {
    sound = readMsi(
      (await buildMsi(aModel({ files: [textFile('a.txt'), textFile('b.txt')] }), at('sound.msi'))).path,
    );
  });
  afterAll(() => {
    sound.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const changed = (change: Change): MsiDatabase => {
    const tables = new Map<string, Table>(sound.tables);
    change(tables);
    return { ...sound, tables };
  };
  const extract = (database: MsiDatabase, into = 'out') =>
    extractPackage(database, at('sound.msi'), at(into));

  test.each(['..', 'x|..', '/etc', 'x|../../x', 'x|CON', 'x|nul.txt', 'x|a\\b', 'x|a.', 'x|', 'x|a\u0000b'])(
    'a name that leads elsewhere is not written: %j',
    (name) => {
      for (const [table, column] of [
        ['File', 'FileName'],
        ['Directory', 'DefaultDir'],
      ] as const) {
        const where = (row: Row) => table === 'File' || row[0] === 'INSTALLDIR';
        expect(() => extract(changed(set(table, column, name, where)), 'elsewhere')).toThrow(
          /cannot be written/,
        );
      }
      expect(readdirSync(folder)).toEqual(['sound.msi']);
    },
  );

  test('two files at one place of Windows are not both written', () => {
    const names = ['same.txt', 'SAME.TXT'];
    let i = 0;
    const change: Change = (tables) => {
      const table = tables.get('File');
      if (table)
        tables.set('File', { ...table, rows: table.rows.map((row) => row.with(2, names[i++] ?? '')) });
    };
    expect(() => extract(changed(change), 'same')).toThrow(/are both .* on Windows/);
  });

  test('a link that lies in the way is replaced and not followed', () => {
    const directory = join(at('linked'), 'ProgramFiles64Folder/oriel/test');
    mkdirSync(directory, { recursive: true });
    writeFileSync(at('victim'), 'victim');
    symlinkSync(at('victim'), join(directory, 'a.txt'));
    expect(extract(sound, 'linked')).toBe(2);
    expect(readFileSync(at('victim'), 'utf8')).toBe('victim');
    expect(readFileSync(join(directory, 'a.txt'), 'utf8')).toBe('a.txt\n');
  });

  test('directories in a circle, and in a chain without end', () => {
    const circle: Row[] = [
      ['X', 'Y', 'x'],
      ['Y', 'X', 'y'],
      ['Z', 'Z', 'z'],
    ];
    const chain = Array.from(
      { length: 20_000 },
      (_, i): Row => [`d${i}`, i === 0 ? 'INSTALLDIR' : `d${i - 1}`, 'x'],
    );
    for (const rows of [circle, chain]) {
      const database = changed(add('Directory', ...rows));
      describePackage(database);
      expect(lintPackage(database).map(({ rule }) => rule)).toContain('ICE56');
    }
  });

  test('a rule that finds five thousand errors says a thousand, and none at length', () => {
    const long = 'not an identifier '.repeat(100);
    const rows = Array.from({ length: 5_000 }, (_, i): Row => [`${i} ${long}`, 'x']);
    const found = lintPackage(changed(add('Property', ...rows))).filter(({ rule }) => rule === 'ICE03');
    expect(found).toHaveLength(1001);
    expect(Math.max(...found.map(({ message }) => message.length))).toBeLessThanOrEqual(1000);
  });

  test('a cabinet that unpacks without end', () => {
    // A block of zeros that deflates to 45 bytes, once; the folder says that there are 65,535 of them one behind the other.
    const block = Buffer.concat([Buffer.from('CK'), deflated(Buffer.alloc(32_768))]);
    const count = 10_000;
    const records = Array.from({ length: count }, () => record(block));
    const head = Buffer.alloc(36 + 8 + 18);
    head.write('MSCF', 0, 'latin1');
    head.writeUInt32LE(44, 16);
    head.writeUInt16LE(0x0103, 24);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(1, 28);
    head.writeUInt32LE(head.length, 36);
    head.writeUInt16LE(count, 40);
    head.writeUInt16LE(1, 42);
    head.writeUInt32LE(count * 32_768, 44);
    head.write('f\0', 60, 'latin1');
    const bomb = Buffer.concat([head, ...records]);
    let bytes = 0;
    expect(() => openCabinet(bytesSource(bomb)).extract((_, data) => (bytes += data.length))).toThrow(
      /more than 200 times its size/,
    );
    expect(bytes).toBeLessThan(count * 32_768);
    // A file that is that long, and says so in its row, is no bomb.
    let whole = 0;
    openCabinet(bytesSource(bomb), count * 32_768).extract((_, data) => (whole += data.length));
    expect(whole).toBe(count * 32_768);
  });
});

function deflated(bytes: Buffer): Buffer {
  return deflateRawSync(bytes, { level: 9 });
}

function record(data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(data.length, 4);
  head.writeUInt16LE(32_768, 6);
  return Buffer.concat([head, data]);
}
