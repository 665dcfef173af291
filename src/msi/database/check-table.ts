import type { Column } from './schema.ts';
import type { Cell, Table } from './table.ts';

/** What Windows Installer would refuse in these rows: nulls, widths, bounds, two rows with one key. */
export function checkTable({ name, columns, rows }: Table): string[] {
  const keys = columns.filter((column) => column.key).length;
  const seen = new Set<string>();
  const problems: string[] = [];
  for (const row of rows) {
    const key = keys === 1 ? String(row[0]) : row.slice(0, keys).join('\t');
    if (seen.has(key)) problems.push(`table ${name} has two rows with the key ${key.replaceAll('\t', ', ')}`);
    seen.add(key);
    columns.forEach((column, i) => {
      const problem = checkCell(column, row[i] ?? null);
      if (problem) problems.push(`${name}.${column.name} of ${key.replaceAll('\t', ', ')} ${problem}`);
    });
  }
  return problems;
}

function checkCell(column: Column, cell: Cell): string | undefined {
  if (cell === null || cell === '') return column.nullable ? undefined : 'must not be empty';
  if (typeof cell === 'string') {
    if (column.kind !== 'string') return 'must be a number';
    if (column.width > 0 && cell.length > column.width)
      return `has ${cell.length} characters, at most ${column.width} are allowed`;
    // Reading tools (and the IDT form) take these for the end of a value.
    if (column.width > 0 && /[\t\r\n\0]/.test(cell)) return 'must not contain tabs or line ends';
    return undefined;
  }
  if (typeof cell === 'number') {
    const bound = column.width === 2 ? 0x7fff : 0x8000_0000;
    const [low, high] = column.range ?? [-bound, bound];
    return cell < low || cell > high ? `is ${cell}, outside ${low} to ${high}` : undefined;
  }
  return column.kind === 'stream' ? undefined : 'cannot hold bytes';
}
