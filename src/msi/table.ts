import { BuildError } from '../errors.ts';
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

/** Cells as the unsigned numbers that are stored: ids of texts, integers with their bias, 1 for a stream, 0 for null. */
export function storedRows(table: Table, pool: StringPool): number[][] {
  const rows = table.rows.map((row) =>
    table.columns.map((column, i) => {
      const cell = row[i] ?? null;
      if (cell === null || cell === '') return 0;
      if (typeof cell === 'string') return pool.use(cell);
      if (typeof cell === 'number') return column.width === 2 ? cell + 0x8000 : cell + 0x8000_0000;
      return 1;
    }),
  );
  const keys = table.columns.filter((column) => column.key).length;
  return rows.sort((a, b) => {
    for (let i = 0; i < keys; i++) {
      const order = (a[i] ?? 0) - (b[i] ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** The stream of a table: all values of the first column, then all of the second, and so on, little-endian. */
export function encodeRows(columns: readonly Column[], rows: readonly number[][], indexBytes: 2 | 3): Buffer {
  const widths = columns.map((column) => bytesOf(column, indexBytes));
  const out = Buffer.alloc(rows.length * widths.reduce((sum, width) => sum + width, 0));
  let at = 0;
  widths.forEach((width, i) => {
    for (const row of rows) at = out.writeUIntLE(row[i] ?? 0, at, width);
  });
  return out;
}

/** Reads a table's stream. Stream columns give null: their bytes are in streams of their own. Throws BuildError on a size that cannot be. */
export function decodeRows(name: string, columns: readonly Column[], data: Buffer, strings: Strings): Row[] {
  const widths = columns.map((column) => bytesOf(column, strings.indexBytes));
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  if (rowBytes === 0 || data.length % rowBytes !== 0)
    throw new BuildError(`table ${name} has ${data.length} bytes, no multiple of its row of ${rowBytes}`);
  const count = data.length / rowBytes;
  const rows: Cell[][] = Array.from({ length: count }, () => []);
  let at = 0;
  columns.forEach((column, i) => {
    const width = widths[i] ?? 0;
    for (const row of rows) {
      row.push(cellOf(name, column, data.readUIntLE(at, width), strings));
      at += width;
    }
  });
  return rows;
}

function cellOf(table: string, column: Column, stored: number, strings: Strings): Cell {
  if (stored === 0 || column.kind === 'stream') return null;
  if (column.kind === 'integer') return column.width === 2 ? stored - 0x8000 : stored - 0x8000_0000;
  if (stored >= strings.texts.length)
    throw new BuildError(
      `${table}.${column.name} refers to text ${stored}, there are ${strings.texts.length - 1}`,
    );
  return strings.texts[stored] ?? null;
}
