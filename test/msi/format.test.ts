import { describe, expect, test } from 'vitest';
import { chooseCodepage, decodeText, encodeText } from '../../src/msi/database/codepage.ts';
import { parseColumn, tableSchema } from '../../src/msi/database/schema.ts';
import { decodeStreamName, encodeStreamName } from '../../src/msi/database/stream-name.ts';
import { createStringPool, decodeStrings } from '../../src/msi/database/string-pool.ts';
import { decodeSummary, encodeSummary } from '../../src/msi/database/summary.ts';
import { columnOfType, columnType, decodeRows, encodeRows, storeRows } from '../../src/msi/database/table.ts';
import { withShortName } from '../../src/msi/layout/short-name.ts';
import { guidOf, guidPattern } from '../../src/msi/model/guid.ts';
import cases from '../cases/msi/format.json' with { type: 'json' };

describe('stream names', () => {
  test.each(cases.streamNames)('$name', ({ name, table, encoded }) => {
    const units = [...encodeStreamName(name, table)].map((unit) => unit.charCodeAt(0).toString(16));
    expect(units.join(' ')).toBe(encoded);
    expect(decodeStreamName(encodeStreamName(name, table))).toEqual({ name, table });
  });

  test('a name that no compound file can carry is refused', () => {
    expect(() => encodeStreamName('x'.repeat(63), false)).toThrow(/too long/);
    expect(encodeStreamName('x'.repeat(62), false)).toHaveLength(31);
  });
});

describe('column types', () => {
  // The numbers stand in packages made by msitools and in Microsoft's darice.cub.
  test.each(cases.columnTypes)('$line is $type', ({ line, type }) => {
    const column = parseColumn(line);
    expect(columnType(column)).toBe(type);
    const { name, kind, width, key, nullable, localizable } = column;
    expect(columnOfType(name, type)).toEqual({ name, kind, width, key, nullable, localizable });
  });

  test('every table has its keys in front', () => {
    for (const [name, columns] of tableSchema) {
      const keys = columns.map(({ key }) => key);
      expect(keys[0], name).toBe(true);
      expect(keys.lastIndexOf(true) + 1, name).toBe(keys.filter(Boolean).length);
    }
  });
});

describe('string pool', () => {
  test('counts uses and keeps texts of both code pages', () => {
    for (const [text, codepage] of [
      ['Größe €', 1252],
      ['価格', 65001],
    ] as const) {
      const pool = createStringPool();
      expect([pool.use('a'), pool.use(text), pool.use('a')]).toEqual([1, 2, 1]);
      const encoded = pool.encode();
      expect(encoded.codepage).toBe(codepage);
      const strings = decodeStrings(encoded.pool, encoded.data);
      expect(strings).toEqual({ codepage, indexBytes: 2, texts: [null, 'a', text], counts: [0, 2, 1] });
    }
  });

  test('more than 65,535 texts make indices of three bytes', () => {
    const pool = createStringPool();
    for (let i = 0; i < 0xffff; i++) pool.use(`text ${i}`);
    expect(pool.indexBytes()).toBe(2);
    expect(pool.use('one more')).toBe(0x10000);
    expect(pool.indexBytes()).toBe(3);
    const columns = ['*Key s72', 'Number i4'].map(parseColumn);
    const table = { name: 'T', columns, rows: [['one more', -5]] };
    const bytes = encodeRows(storeRows(table, pool), pool.indexBytes());
    expect([...bytes]).toEqual([0, 0, 1, 0xfb, 0xff, 0xff, 0x7f]);
    const encoded = pool.encode();
    const strings = decodeStrings(encoded.pool, encoded.data);
    expect(strings.indexBytes).toBe(3);
    expect(decodeRows('T', columns, bytes, strings)).toEqual([['one more', -5]]);
  });

  test('a pool that promises more than its data is refused', () => {
    const pool = createStringPool();
    pool.use('abc');
    const { pool: bytes, data } = pool.encode();
    expect(() => decodeStrings(bytes, data.subarray(1))).toThrow(/ends behind the string data/);
  });
});

test('rows are stored by column, sorted by the stored keys, numbers with their bias, null as 0', () => {
  const columns = ['*Key s72', '*Second i2', 'Text S0', 'Big I4'].map(parseColumn);
  const pool = createStringPool();
  const rows = [
    ['b', 2, null, null],
    ['b', -1, 'x', 1],
    ['a', 0, '', -2147483647],
  ];
  const stored = storeRows({ name: 'T', columns, rows }, pool);
  expect([...stored.order]).toEqual([1, 0, 2]);
  const encoded = pool.encode();
  const bytes = encodeRows(stored, 2);
  expect(bytes.toString('hex')).toBe(
    '010001000200' + 'ff7f02800080' + '030000000000' + '010000800000000001000000',
  );
  const strings = decodeStrings(encoded.pool, encoded.data);
  expect(decodeRows('T', columns, bytes, strings)[2]).toEqual(['a', 0, null, -2147483647]);
  expect(() => decodeRows('T', columns, bytes.subarray(1), strings)).toThrow(/no multiple of its row/);
});

test('code pages', () => {
  expect(chooseCodepage(['plain', '€Ž'])).toBe(1252);
  expect(chooseCodepage(['plain', 'Łódź'])).toBe(65001);
  expect(encodeText('€', 1252).toString('hex')).toBe('80');
  expect(decodeText(Buffer.from([0x8e]), 1250)).toBe('Ž');
});

test('summary information comes back as it was', () => {
  const date = new Date('2021-02-03T04:05:06Z');
  const summary = { title: 'Titel ä', template: 'x64;1033', created: date, pages: 500, security: 2 };
  const bytes = encodeSummary(summary);
  expect(decodeSummary(bytes)).toEqual({ codepage: 1252, ...summary });
  expect(() => decodeSummary(bytes.subarray(0, 60))).toThrow(/damaged/);
});

describe('short names', () => {
  test.each(cases.shortNames)('$name', ({ name, result }) => {
    expect(withShortName(name, new Set())).toBe(result);
  });

  test('never two alike in one directory', () => {
    const taken = new Set<string>();
    const names = Array.from({ length: 5000 }, (_, i) => withShortName(`a long module name ${i}.py`, taken));
    expect(new Set(names.map((name) => name.split('|')[0])).size).toBe(5000);
    expect(withShortName('README.TXT', new Set(['README.TXT']))).toMatch(/^[0-9A-Z]{8}\.TXT\|README\.TXT$/);
  });
});

test('identities are stable: a changed one would orphan installed components', () => {
  expect(guidOf('component:x')).toBe(cases.guid);
  expect(guidOf('component:x')).toMatch(guidPattern);
});
