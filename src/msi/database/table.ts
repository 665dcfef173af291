import { BuildError } from '../../errors.ts';
import type { Column } from './schema.ts';
import type { StringPool, Strings } from './string-pool.ts';

/** A text, a number, the bytes of a stream column, or null. The empty text is null to Windows Installer. */
export type Cell = string | number | Uint8Array | null;
export type Row = readonly Cell[];

export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const valid = 0x100;
const localizable = 0x200;
const nonBinary = 0x400;
const string = 0x800;
const nullable = 0x1000;
const key = 0x2000;

/** The type word of `_Columns`. Values checked against packages by msitools and Microsoft's own darice.cub. */
export function columnType(column: Column): number {
  const flags = (column.nullable ? nullable : 0) | (column.key ? key : 0);
  if (column.kind === 'stream') return valid | string | flags;
  if (column.kind === 'integer') return valid | (column.width === 2 ? nonBinary : 0) | column.width | flags;
  return valid | string | nonBinary | (column.localizable ? localizable : 0) | (column.width & 0xff) | flags;
}

/** The inverse of `columnType`. */
export function columnOfType(name: string, type: number): Column {
  const text = (type & string) !== 0;
  const stream = (type & (valid | string | nonBinary)) === (valid | string);
  const size = type & 0xff;
  return {
    name,
    kind: stream ? 'stream' : text ? 'string' : 'integer',
    width: text ? size : size === 4 ? 4 : 2,
    key: (type & key) !== 0,
    nullable: (type & nullable) !== 0,
    localizable: (type & localizable) !== 0,
  };
}

const bytesOf = (column: Column, indexBytes: number) =>
  column.kind === 'string' ? indexBytes : column.kind === 'stream' ? 2 : column.width;

/** The rows of a table as the unsigned numbers that are stored, column by column, and the order in which they are stored. */
export interface StoredRows {
  readonly columns: readonly Column[];
  readonly values: readonly Uint32Array[];
  readonly order: Uint32Array;
}

/** Turns texts into ids of `pool`, gives integers their bias, 1 for a stream, 0 for null; orders rows by their stored keys. */
export function storeRows({ columns, rows }: Table, pool: StringPool): StoredRows {
  const values = columns.map((column, i) =>
    Uint32Array.from(rows, (row) => storedCell(column, row[i] ?? null, pool)),
  );
  const keys = values.slice(0, columns.filter((column) => column.key).length);
  const order = Uint32Array.from(rows, (_, i) => i).sort((a, b) => {
    for (const key of keys) {
      const difference = (key[a] ?? 0) - (key[b] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return { columns, values, order };
}

function storedCell({ width }: Column, cell: Cell, pool: StringPool): number {
  if (cell === null || cell === '') return 0;
  if (typeof cell === 'string') return pool.use(cell);
  if (typeof cell === 'number') return cell + (width === 2 ? 0x8000 : 0x8000_0000);
  return 1;
}

/** The stream of a table: all values of the first column, then all of the second, and so on, little-endian. */
export function encodeRows({ columns, values, order }: StoredRows, indexBytes: 2 | 3): Buffer {
  const widths = columns.map((column) => bytesOf(column, indexBytes));
  const out = Buffer.alloc(order.length * widths.reduce((sum, width) => sum + width, 0));
  let at = 0;
  widths.forEach((width, i) => {
    for (const row of order) at = out.writeUIntLE(values[i]?.[row] ?? 0, at, width);
  });
  return out;
}

/** Bytes of one row. */
export function rowBytes(columns: readonly Column[], indexBytes: number): number {
  return columns.reduce((sum, column) => sum + bytesOf(column, indexBytes), 0);
}

/** Reads a table's stream. Stream columns give the name of the stream with their bytes, as `Binary.name`. Throws BuildError on a size that cannot be. */
export function decodeRows(name: string, columns: readonly Column[], data: Buffer, strings: Strings): Row[] {
  const widths = columns.map((column) => bytesOf(column, strings.indexBytes));
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  if (rowBytes === 0 || data.length % rowBytes !== 0)
    throw new BuildError(`table ${name} has ${data.length} bytes, no multiple of its row of ${rowBytes}`);
  const count = data.length / rowBytes;
  const keys = columns.filter((column) => column.key).length;
  // Arrays that grow would take three times the memory.
  const rows: Cell[][] = Array.from({ length: count }, () => new Array<Cell>(columns.length).fill(null));
  let at = 0;
  columns.forEach((column, i) => {
    const width = widths[i] ?? 0;
    for (const row of rows) {
      const stored = data.readUIntLE(at, width);
      const isStream = column.kind === 'stream' && stored !== 0;
      row[i] = isStream ? [name, ...row.slice(0, keys)].join('.') : cellOf(name, column, stored, strings);
      at += width;
    }
  });
  return rows;
}

function cellOf(table: string, column: Column, stored: number, strings: Strings): Cell {
  if (stored === 0) return null;
  if (column.kind === 'integer') return column.width === 2 ? stored - 0x8000 : stored - 0x8000_0000;
  if (stored >= strings.texts.length)
    throw new BuildError(
      `${table}.${column.name} refers to text ${stored}, there are ${strings.texts.length - 1}`,
    );
  return strings.texts[stored] ?? null;
}
