import { BuildError } from '../../errors.ts';
import { checkTable } from './check-table.ts';
import type { Codepage } from './codepage.ts';
import { type Column, parseColumn, tableSchema } from './schema.ts';
import { encodeStreamName } from './stream-name.ts';
import { createStringPool } from './string-pool.ts';
import { columnType, encodeRows, type Row, storeRows, type Table } from './table.ts';

/** A stream of the compound file: its encoded name and its bytes. */
export interface Stream {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Columns of the two tables that describe all others. */
export const tablesColumns: readonly Column[] = [parseColumn('*Name s64')];
export const columnsColumns: readonly Column[] = ['*Table s64', '*Number i2', 'Name s64', 'Type i2'].map(
  parseColumn,
);

/** Gives `rows` the columns of the known table `name`. */
export function tableOf(name: string, rows: readonly Row[]): Table {
  const columns = tableSchema.get(name);
  if (!columns) throw new BuildError(`table ${name} is not known`);
  return { name, columns, rows };
}

/**
 * All streams of a database: string pool, `_Tables`, `_Columns`, `_Validation`, every table with rows, and the bytes of
 * stream columns (`Table.Key`). Throws BuildError with every cell that Windows Installer would refuse.
 */
export function encodeDatabase(given: readonly Table[]): { streams: Stream[]; codepage: Codepage } {
  const filled = given.filter((table) => table.rows.length > 0);
  const tables = [...filled, validationOf(filled)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const problems = tables.flatMap(checkTable);
  if (problems.length > 0) throw new BuildError(`the package would be invalid:\n${problems.join('\n')}`);
  const pool = createStringPool();
  const system = [
    { name: '_Tables', columns: tablesColumns, rows: tables.map(({ name }) => [name]) },
    {
      name: '_Columns',
      columns: columnsColumns,
      rows: tables.flatMap(({ name, columns }) =>
        columns.map((column, i) => [name, i + 1, column.name, columnType(column)]),
      ),
    },
  ];
  const stored = [...system, ...tables].map((table) => ({ table, rows: storeRows(table, pool) }));
  const indexBytes = pool.indexBytes();
  const strings = pool.encode();
  const streams = [
    { name: encodeStreamName('_StringPool', true), bytes: strings.pool },
    { name: encodeStreamName('_StringData', true), bytes: strings.data },
    ...stored.map(({ table, rows }) => ({
      name: encodeStreamName(table.name, true),
      bytes: encodeRows(rows, indexBytes),
    })),
    ...tables.flatMap(cellStreams),
  ];
  return { streams, codepage: strings.codepage };
}

function cellStreams({ name, columns, rows }: Table): Stream[] {
  if (columns.every(({ kind }) => kind !== 'stream')) return [];
  const keys = columns.filter((column) => column.key).length;
  return rows.flatMap((row) =>
    row.flatMap((cell) =>
      cell instanceof Uint8Array
        ? [{ name: encodeStreamName([name, ...row.slice(0, keys)].join('.'), false), bytes: cell }]
        : [],
    ),
  );
}

/** `_Validation` says for every column what may stand in it; editors and validators of packages need it. */
function validationOf(tables: readonly Table[]): Table {
  const own = tableSchema.get('_Validation') ?? [];
  const described = [...tables, { name: '_Validation', columns: own, rows: [] }];
  return tableOf(
    '_Validation',
    described.flatMap(({ name, columns }) =>
      columns.map((column) => [
        name,
        column.name,
        column.nullable ? 'Y' : 'N',
        column.range?.[0] ?? null,
        column.range?.[1] ?? null,
        column.refersTo ?? null,
        column.refersTo ? 1 : null,
        column.category ?? null,
        column.set ?? null,
        null,
      ]),
    ),
  );
}
