import { oneLine } from './visible.ts';

/** The longest cell that a column is made as wide as; longer ones push what is right of them. */
const maxWidth = 60;

/** Rows as text in columns, two blanks between; the last column is not filled up. What a terminal would act on is shown. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const safe = rows.map((row) => row.map(oneLine));
  const columns = Math.max(0, ...safe.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...safe.map((row) => Math.min(maxWidth, row[column]?.length ?? 0))),
  );
  return safe
    .map((row) =>
      `${indent}${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
    )
    .join('\n');
}
