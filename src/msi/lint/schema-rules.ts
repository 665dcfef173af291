import { type Column, tableSchema } from '../database/schema.ts';
import type { Cell } from '../database/table.ts';
import { guidPattern } from '../model/guid.ts';
import type { LintedPackage, LintRule } from './rule.ts';

const identifier = /^[A-Za-z_][A-Za-z0-9_.]*$/;
const shortName = /^[^\\?|><:/*"+,;=[\] \t.]{1,8}(\.[^\\?|><:/*"+,;=[\] \t.]{1,3})?$/;
const longName = /^[^\\?|><:/*"]+$/;

/** What a category of `_Validation` demands of a text; categories without an entry allow all. */
const categories: Readonly<Record<string, (text: string) => boolean>> = {
  Identifier: (text) => identifier.test(text),
  UpperCase: (text) => text === text.toUpperCase(),
  Guid: (text) => guidPattern.test(text),
  Language: (text) => /^\d+(,\d+)*$/.test(text),
  Filename: isFileName,
  DefaultDir: (text) =>
    text.split(':').every((name) => name === '.' || name === 'SourceDir' || isFileName(name)),
  RegPath: (text) => !/^\\|\\$|\\\\/.test(text),
  Cabinet: (text) => (text.startsWith('#') ? /^#[A-Za-z0-9_.]+$/.test(text) : longName.test(text)),
};

function isFileName(text: string): boolean {
  const [short = '', long, ...more] = text.split('|');
  return shortName.test(short) && (long === undefined || longName.test(long)) && more.length === 0;
}

function cellProblem(column: Column, cell: Cell): string | { readonly warning: string } | undefined {
  if (cell === null) return column.nullable ? undefined : 'is empty';
  const allowed = column.set?.split(';');
  if (allowed && !allowed.includes(String(cell))) return `is ${cell}, allowed are ${column.set}`;
  if (typeof cell === 'number')
    return column.range && (cell < column.range[0] || cell > column.range[1])
      ? `is ${cell}, outside ${column.range.join(' to ')}`
      : undefined;
  const text = String(cell);
  if (column.width > 0 && text.length > column.width)
    return { warning: `has ${text.length} characters, more than ${column.width}` };
  const fits = categories[column.category ?? '']?.(text) ?? true;
  return fits ? undefined : `is ${JSON.stringify(text.slice(0, 200))}, which is not a ${column.category}`;
}

/** Values against the schema, keys, references to rows that are not there. */
function* checkValues(subject: LintedPackage): Generator<string | { readonly warning: string }> {
  for (const table of subject.tables.values()) {
    const own = (tableSchema.get(table.name) ?? []).flatMap((column) => {
      const at = table.columns.findIndex(({ name }) => name === column.name);
      return at < 0 ? [] : [{ column, at, keys: column.refersTo ? keysOf(subject, column) : undefined }];
    });
    for (const row of table.rows)
      for (const { column, at, keys } of own) {
        const cell = row[at] ?? null;
        const missing = keys && cell !== null && !keys.has(String(cell)) && !isVersion(column, cell);
        const problem = missing ? `refers to ${cell}, which is not there` : missingOr(column, cell, keys);
        const where = `${table.name}.${column.name} of ${row[0]}`;
        if (typeof problem === 'string') yield `${where} ${problem}`;
        else if (problem) yield { warning: `${where} ${problem.warning}` };
      }
  }
}

const missingOr = (column: Column, cell: Cell, keys: ReadonlySet<string> | undefined) =>
  // A reference that was found is as right as the key that it names.
  keys && cell !== null ? undefined : cellProblem(column, cell);

/** File.Version is a version, or the key of a companion file. */
const isVersion = (column: Column, cell: Cell) =>
  column.category === 'Version' && /^\d+(\.\d+){0,3}$/.test(String(cell));

/** First columns of the tables that a column refers to; undefined when none of them is in the package. */
function keysOf({ tables }: LintedPackage, { refersTo = '' }: Column): Set<string> | undefined {
  const targets = refersTo.split(';').flatMap((name) => tables.get(name) ?? []);
  if (targets.length === 0) return undefined;
  const keys = new Set<string>();
  for (const { rows } of targets) for (const [key] of rows) keys.add(String(key));
  return keys;
}

function* checkKeys({ tables }: LintedPackage): Generator<string> {
  for (const { name, columns, rows } of tables.values()) {
    const keys = columns.filter((column) => column.key).length;
    const seen = new Set<string>();
    for (const row of rows) {
      const key = row.slice(0, keys).join(' ');
      if (seen.has(key)) yield `${name} has two rows with the key ${key}`;
      seen.add(key);
    }
  }
}

/**
 * `_Validation` describes the columns that there are, and no others. Columns that later versions of Windows Installer added to a table
 * are there together or not at all, and only `_Validation` knows. Source: Windows Installer SDK, "ICE06".
 */
function checkColumns({ tables, rows }: LintedPackage): string[] {
  if (!tables.has('_Validation')) return ['the package has no _Validation table'];
  const described = new Set(rows('_Validation').map(({ Table, Column }) => `${Table}.${Column}`));
  const present = new Set(
    [...tables.values()].flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)),
  );
  const used = new Set(
    [...tables.values()].filter(({ rows: own }) => own.length > 0).map(({ name }) => name),
  );
  const tableIn = (column: string) => column.slice(0, column.indexOf('.'));
  return [
    ...[...described]
      .filter((column) => tables.has(tableIn(column)) && !present.has(column))
      .map((column) => `${column} is in _Validation, and not in the table`),
    ...[...present]
      .filter((column) => used.has(tableIn(column)) && !described.has(column))
      .map((column) => `_Validation says nothing about ${column}`),
  ];
}

function* checkValuesAndKeys(subject: LintedPackage): Generator<string | { readonly warning: string }> {
  yield* checkValues(subject);
  yield* checkKeys(subject);
}

export const schemaRules: readonly LintRule[] = [
  { id: 'ICE03', severity: 'error', check: checkValuesAndKeys },
  { id: 'ICE06', severity: 'error', check: checkColumns },
];
