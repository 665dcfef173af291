import { createHash } from 'node:crypto';
import type { CompoundStream } from '../compound/read-compound.ts';
import type { Column } from '../database/schema.ts';
import type { Cell, Row } from '../database/table.ts';
import { visible } from './inspect.ts';
import type { MsiDatabase } from './read.ts';
import { type InstalledFile, installedFiles } from './view.ts';

/** What is only in the first, only in the second, or different in both; by path for files, by key for rows. */
export interface Changes {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly { readonly name: string; readonly what: readonly string[] }[];
}

export interface PackageDiff {
  readonly summary: Changes;
  readonly files: Changes;
  /** Every table but those that only mirror files, with a difference. */
  readonly tables: Readonly<Record<string, Changes>>;
}

type ComparedPackage = Omit<MsiDatabase, 'close'>;
type RowsByKey = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** Tables whose differences are those of the files. */
const mirrors = new Set(['File', 'MsiFileHash']);

/** Compares two packages by what they install and say, not by their bytes. */
export function diffPackages(a: ComparedPackage, b: ComparedPackage): PackageDiff {
  const names = [...new Set([...a.tables.keys(), ...b.tables.keys()])]
    .filter((name) => !mirrors.has(name))
    .sort();
  const tables = names.flatMap((name) => {
    const changes = compare(rowsByKey(a, name), rowsByKey(b, name));
    return isEmpty(changes) ? [] : [[name, changes] as const];
  });
  return {
    summary: compare(new Map([['summary', a.summary]]), new Map([['summary', b.summary]])),
    files: compare(filesByPath(a), filesByPath(b)),
    tables: Object.fromEntries(tables),
  };
}

export function sameContents({ summary, files, tables }: PackageDiff): boolean {
  return isEmpty(summary) && isEmpty(files) && Object.keys(tables).length === 0;
}

/** The differences as text, one a line: `-` gone, `+` new, `~` changed. */
export function describeDiff({ summary, files, tables }: PackageDiff): string {
  const parts: [string, Changes][] = [['summary', summary], ['files', files], ...Object.entries(tables)];
  return parts
    .flatMap(([name, changes]) => (isEmpty(changes) ? [] : [name, ...describeChanges(changes)]))
    .join('\n');
}

function describeChanges({ removed, added, changed }: Changes): string[] {
  return [
    ...removed.map((name) => `  - ${visible(name)}`),
    ...added.map((name) => `  + ${visible(name)}`),
    ...changed.map(({ name, what }) => `  ~ ${visible(name)}: ${visible(what.join(', '))}`),
  ];
}

const isEmpty = ({ removed, added, changed }: Changes) =>
  removed.length + added.length + changed.length === 0;

function compare(a: RowsByKey, b: RowsByKey): Changes {
  const changed = [...a].flatMap(([name, before]) => {
    const after = b.get(name);
    if (!after) return [];
    const what = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((key) => text(before[key]) !== text(after[key]))
      .map((key) => `${key} ${text(before[key])} -> ${text(after[key])}`);
    return what.length > 0 ? [{ name, what }] : [];
  });
  return {
    removed: [...a.keys()].filter((name) => !b.has(name)),
    added: [...b.keys()].filter((name) => !a.has(name)),
    changed,
  };
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '(none)';
  return value instanceof Date ? value.toISOString() : String(value);
}

function filesByPath(database: ComparedPackage): RowsByKey {
  return new Map(
    installedFiles(database).map(({ key, path, size, version, language, md5 }: InstalledFile) => [
      path ?? `(nowhere)/${key}`,
      { size, version, language, md5 },
    ]),
  );
}

function rowsByKey({ tables, streams }: ComparedPackage, name: string): RowsByKey {
  const table = tables.get(name);
  if (!table) return new Map();
  const keys = table.columns.filter((column) => column.key).length;
  // A stream column has the name of its stream, which is the same for other bytes.
  const cellOf = (column: Column, cell: Cell) =>
    column.kind === 'stream' && cell !== null ? bytesOf(streams.get(String(cell))) : cell;
  const fields = (row: Row) =>
    Object.fromEntries(table.columns.map((column, i) => [column.name, cellOf(column, row[i] ?? null)]));
  // Of a key that is there many times one row is looked at, not the stream of each.
  const rows = new Map<string, Row>();
  for (const row of table.rows) rows.set(row.slice(0, keys).map(text).join(' '), row);
  return new Map([...rows].map(([key, row]) => [key, fields(row)]));
}

/** Larger streams are told apart by their size alone. */
const maxStreamBytes = 64 << 20;

function bytesOf(stream: CompoundStream | undefined): string {
  if (!stream) return '(missing)';
  const hash =
    stream.size <= maxStreamBytes
      ? ` ${createHash('sha256').update(stream.read()).digest('hex').slice(0, 16)}`
      : '';
  return `${stream.size} bytes${hash}`;
}
