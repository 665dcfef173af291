import { BuildError } from '../../errors.ts';
import type { Cell } from '../database/table.ts';
import type { MsiDatabase } from './read.ts';
import { columnOf, propertiesOf, recordsOf } from './view.ts';

type Inspected = Omit<MsiDatabase, 'close'>;

/** The package in a few lines: identity, tables with their numbers of rows, streams with their bytes. */
export function describePackage(database: Inspected): string {
  const property = propertiesOf(database);
  const sizes = columnOf(database, 'File', 'FileSize');
  const bytes = sizes.reduce<number>((sum, size) => sum + Number(size), 0);
  const { summary, codepage, tables, streams } = database;
  const names = [...tables.keys(), ...streams.keys()];
  const width = names.reduce((most, name) => Math.max(most, visible(name).length), 0);
  const line = (name: string, value: string) => `  ${visible(name).padEnd(width)}  ${value}`;
  return [
    [property.get('ProductName'), property.get('ProductVersion'), 'by', property.get('Manufacturer')]
      .map((word) => visible(word ?? '?'))
      .join(' '),
    `  product code  ${visible(property.get('ProductCode') ?? 'none')}`,
    `  upgrade code  ${visible(property.get('UpgradeCode') ?? 'none')}`,
    `  package code  ${visible(String(summary.revision ?? 'none'))}`,
    `  platform      ${visible(String(summary.template ?? 'none'))}, code page ${codepage}`,
    `  files         ${sizes.length}, ${bytes} bytes`,
    'tables',
    ...[...tables.values()].map(({ name, rows }) => line(name, `${rows.length} rows`)),
    'streams',
    ...[...streams].map(([name, { size }]) => line(name, `${size} bytes`)),
  ].join('\n');
}

/** The same, with all rows, as plain data. */
export function packageData({ codepage, summary, tables, streams }: Inspected) {
  return {
    codepage,
    summary,
    tables: Object.fromEntries(
      [...tables.values()].map(({ name, columns, rows }) => [
        name,
        { columns: columns.map((column) => column.name), rows },
      ]),
    ),
    streams: [...streams].map(([name, { size }]) => ({ name, size })),
  };
}

/** One table: column names, then rows, parts between tabs. Throws BuildError when there is no such table. */
export function describeTable(database: Inspected, name: string): string {
  const table = tableNamed(database, name);
  const lines = [table.columns.map((column) => column.name), ...table.rows.map((row) => row.map(cellText))];
  return lines.map((line) => line.join('\t')).join('\n');
}

/** One table as objects by column name. */
export function tableData(database: Inspected, name: string) {
  return recordsOf(database, tableNamed(database, name).name);
}

function tableNamed({ tables }: Inspected, name: string) {
  const table = tables.get(name);
  if (!table) throw new BuildError(`no table ${name}`, `the package has ${[...tables.keys()].join(', ')}`);
  return table;
}

function cellText(cell: Cell): string {
  return cell === null ? '' : visible(String(cell));
}

/** Text of unknown origin without control characters, which a terminal would obey. */
export function visible(text: string): string {
  return text.replace(/\p{C}/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
