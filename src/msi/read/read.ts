import { closeSync, openSync, statSync } from 'node:fs';
import { BuildError, FileError } from '../../errors.ts';
import { type ByteSource, fileSource } from '../bytes/source.ts';
import { type CompoundStream, openCompound } from '../compound/read-compound.ts';
import { columnsColumns, tablesColumns } from '../database/database.ts';
import type { Column } from '../database/schema.ts';
import { decodeStreamName, encodeStreamName } from '../database/stream-name.ts';
import { decodeStrings, type Strings } from '../database/string-pool.ts';
import { decodeSummary, type Summary, summaryStream } from '../database/summary.ts';
import { columnOfType, decodeRows, rowBytes, type Table } from '../database/table.ts';

/** A package as data. Tables are decoded; other streams (cabinets, icons) are read when asked for. */
export interface MsiDatabase {
  readonly codepage: number;
  readonly summary: Summary;
  /** Every table of `_Tables`, by name, also the empty ones; without `_Tables` and `_Columns` themselves. */
  readonly tables: ReadonlyMap<string, Table>;
  /** Streams that are no tables, by decoded name (`app.cab`, `Binary.name`). */
  readonly streams: ReadonlyMap<string, CompoundStream>;
  readonly close: () => void;
}

/** Tables and the texts of a sound package stay below this; more is refused before it is read. */
const maxTableBytes = 64 << 20;
/** Rows of all tables: those of a package of 120,000 files with a component each. A row costs far more memory than the two bytes that it may have. */
const maxRows = 500_000;

/**
 * Reads a package made by anybody. Takes its path; the file stays open for its streams until `close`.
 * Throws BuildError that says what is damaged; every size and chain is checked before it is believed.
 */
export function readMsi(path: string): MsiDatabase {
  if (!statSync(path).isFile())
    throw new FileError(path, 'is no plain file', 'Name a package: a file that ends with .msi.');
  const fd = openSync(path, 'r');
  try {
    const database = readDatabase(fileSource(fd));
    return { ...database, close: () => closeSync(fd) };
  } catch (cause) {
    closeSync(fd);
    if (cause instanceof BuildError)
      throw new BuildError(`${path}: ${cause.message}`, cause.remedy, { cause });
    throw cause;
  }
}

/** Files of Windows Installer that are no packages, by the first part of their class. {000C1082-0000-0000-C000-000000000046} and its like. */
const otherKinds: ReadonlyMap<number, readonly [kind: string, remedy: string]> = new Map([
  [0x000c1082, ['a transform (.mst)', 'It changes a package that it is given with: look at that package.']],
  [
    0x000c1086,
    ['a patch (.msp)', 'It changes a package that is installed: look at the package that it is for.'],
  ],
]);

/** The same for bytes that are in memory already or behind another kind of source. */
export function readDatabase(source: ByteSource): Omit<MsiDatabase, 'close'> {
  const compound = openCompound(source);
  const other = otherKinds.get(compound.rootClass.readUInt32LE(0));
  if (other !== undefined) throw new BuildError(`it is ${other[0]} and no package`, other[1]);
  const tableBytes = (name: string): Buffer | undefined => {
    const stream = compound.streams.get(encodeStreamName(name, true));
    if (stream && stream.size > maxTableBytes) throw new BuildError(`table ${name} has ${stream.size} bytes`);
    return stream?.read();
  };
  const [pool, data] = [tableBytes('_StringPool'), tableBytes('_StringData')];
  if (!pool || !data)
    throw new BuildError('no string pool: a compound file, but no Windows Installer package');
  const strings = decodeStrings(pool, data);
  const names = decodeRows('_Tables', tablesColumns, tableBytes('_Tables') ?? Buffer.alloc(0), strings);
  const columns = readColumns(tableBytes('_Columns') ?? Buffer.alloc(0), strings);
  const tables = new Map<string, Table>();
  let rows = 0;
  for (const [cell] of names) {
    const name = String(cell);
    const own = columns.get(name) ?? [];
    if (tables.has(name)) throw new BuildError(`table ${name} is listed twice`);
    if (own.length === 0) throw new BuildError(`table ${name} has no columns`);
    const bytes = tableBytes(name) ?? Buffer.alloc(0);
    rows += bytes.length / rowBytes(own, strings.indexBytes);
    if (rows > maxRows) throw new BuildError(`the tables have more than ${maxRows} rows`);
    tables.set(name, {
      name,
      columns: own,
      rows: decodeRows(name, own, bytes, strings),
    });
  }
  const summary = compound.streams.get(summaryStream);
  return {
    codepage: strings.codepage,
    summary: summary && summary.size <= 1 << 20 ? decodeSummary(summary.read()) : {},
    tables,
    streams: otherStreams(compound.streams),
  };
}

function readColumns(bytes: Buffer, strings: Strings): Map<string, Column[]> {
  const found = new Map<string, Column[]>();
  for (const [table, number, name, type] of decodeRows('_Columns', columnsColumns, bytes, strings)) {
    const own = found.get(String(table)) ?? [];
    if (typeof number !== 'number' || number < 1 || number > 32)
      throw new BuildError(`table ${table} has a column number ${number}`);
    own[number - 1] = columnOfType(String(name), Number(type) & 0xffff);
    found.set(String(table), own);
  }
  for (const [table, own] of found)
    if (own.some((_, i) => !own[i]) || Object.keys(own).length !== own.length)
      throw new BuildError(`table ${table} lacks one of its columns`);
  return found;
}

function otherStreams(all: ReadonlyMap<string, CompoundStream>): Map<string, CompoundStream> {
  const out = new Map<string, CompoundStream>();
  for (const [encoded, stream] of all) {
    const { name, table } = decodeStreamName(encoded);
    if (!table && !encoded.startsWith('\u0005')) out.set(name, stream);
  }
  return out;
}
