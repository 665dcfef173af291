import { oneLine } from './visible.ts';

/** The longest cell that a column is made as wide as; longer ones push what is right of them. */
const maxWidth = 60;
/** A last column that is narrower than this stands below its row in a terminal: a word a line is no text. */
const minWidth = 24;

/** Where a table stands: blanks in front of each row, and columns of the terminal; no width where lines may have any length. */
export interface TablePlace {
  readonly indent?: string;
  readonly width?: number | undefined;
}

/** Rows as text in columns, two blanks between; the last column is not filled up. What a terminal would act on is shown. */
export function table(
  rows: readonly (readonly string[])[],
  { indent = '', width = Number.POSITIVE_INFINITY }: TablePlace = {},
): string {
  const safe = rows.map((row) => row.map(oneLine));
  const columns = Math.max(0, ...safe.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...safe.map((row) => Math.min(maxWidth, row[column]?.length ?? 0))),
  );
  return safe.flatMap((row) => rowLines(row, widths, indent, width)).join('\n');
}

/** One row; where it is wider than there is room, its last cell goes on below itself, or below the row. */
function rowLines(
  row: readonly string[],
  widths: readonly number[],
  indent: string,
  width: number,
): readonly string[] {
  const filled = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  const whole = `${indent}${filled.join('  ')}`.trimEnd();
  if (whole.length <= width) return [whole];
  const head = `${indent}${filled.slice(0, -1).join('  ')}`;
  const last = row.at(-1) ?? '';
  const room = width - head.length - 2;
  if (room >= Math.min(minWidth, last.length)) {
    const [first = '', ...more] = wrapped(last, room);
    return [`${head}  ${first}`, ...more.map((line) => `${' '.repeat(head.length + 2)}${line}`)];
  }
  const below = `${indent}      `;
  return [head.trimEnd(), ...wrapped(last, width - below.length).map((line) => `${below}${line}`)];
}

/** A text in lines of at most so many characters, broken at blanks; a word that is longer has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  const made: string[] = [];
  for (const word of text.split(' ')) {
    const line = made.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) made.push(word);
    else made[made.length - 1] = `${line} ${word}`;
  }
  return made;
}
