import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../../src/msi/database/schema.ts';
import type { Table } from '../../src/msi/database/table.ts';

/** A table as Windows Installer's text form has it. */
export interface Idt {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly keys: readonly string[];
  /** Sorted. */
  readonly rows: readonly string[];
}

/** Reads `NAME.idt` of a folder that msidump or msidb wrote. */
export function readIdt(folder: string, name: string): Idt {
  return parseIdt(readFileSync(join(folder, `${name}.idt`), 'utf8'));
}

/** Three lines of header, then rows; a code page that is not ASCII stands in front of the keys. */
export function parseIdt(text: string): Idt {
  const [names = '', types = '', last = '', ...rows] = text.split('\r\n').slice(0, -1);
  const keys = last
    .replace(/^\d+\t/, '')
    .split('\t')
    .slice(1);
  return { names: names.split('\t'), types: types.split('\t'), keys, rows: rows.sort() };
}

/** A table of ours in that form. */
export function idtOf({ columns, rows }: Table): Idt {
  return {
    names: columns.map(({ name }) => name),
    types: columns.map(typeOf),
    keys: columns.filter(({ key }) => key).map(({ name }) => name),
    rows: rows.map((row) => row.map((cell) => cell ?? '').join('\t')).sort(),
  };
}

function typeOf({ kind, width, nullable, localizable }: Column): string {
  const letter = kind === 'integer' ? 'i' : kind === 'stream' ? 'v' : localizable ? 'l' : 's';
  return `${nullable ? letter.toUpperCase() : letter}${width}`;
}
