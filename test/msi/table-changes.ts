import { tableOf } from '../../src/msi/database/database.ts';
import { parseColumn } from '../../src/msi/database/schema.ts';
import type { Cell, Row, Table } from '../../src/msi/database/table.ts';

/** Changes the tables of a package in place. */
export type Change = (tables: Map<string, Table>) => void;

/** Adds rows to a table, which need not be there. */
export function add(name: string, ...rows: Row[]): Change {
  return (tables) => {
    const table = tables.get(name) ?? tableOf(name, []);
    tables.set(name, { ...table, rows: [...table.rows, ...rows] });
  };
}

/** A table that the compiler does not write; its columns as parseColumn reads them, between ` | `. */
export function foreign(name: string, columns: string, ...rows: Row[]): Change {
  return (tables) => {
    tables.set(name, { name, columns: columns.split(' | ').map(parseColumn), rows });
  };
}

/** Gives a column another value, in the rows that `where` picks. */
export function set(
  name: string,
  column: string,
  value: Cell,
  where: (row: Row) => boolean = () => true,
): Change {
  return (tables) => {
    const table = tables.get(name) ?? tableOf(name, []);
    const at = table.columns.findIndex((one) => one.name === column);
    const rows = table.rows.map((row) =>
      where(row) ? row.map((cell, i) => (i === at ? value : cell)) : row,
    );
    tables.set(name, { ...table, rows });
  };
}

/** Takes away the rows that `where` picks. */
export function drop(name: string, where: (row: Row) => boolean): Change {
  return (tables) => {
    const table = tables.get(name) ?? tableOf(name, []);
    tables.set(name, { ...table, rows: table.rows.filter((row) => !where(row)) });
  };
}

/** Several changes, one after the other. */
export function all(...changes: Change[]): Change {
  return (tables) => {
    for (const change of changes) change(tables);
  };
}

export const key = (value: Cell) => (row: Row) => row[0] === value;
export const guid = (digit: string) => `{${digit.repeat(8)}-0000-0000-0000-000000000000}`;
export const firstFile = (tables: Map<string, Table>) => tables.get('File')?.rows[0] ?? [];
