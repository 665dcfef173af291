import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * A test that holds a row: its file below test/ and its title as the source has it. Where the title is that of a table, `row`: the words of
 * the line of that table, in the file or in `of`, where its cases are kept.
 */
export interface Holder {
  readonly in: string;
  readonly test: string;
  readonly row?: string;
  readonly of?: string;
}

/** Rows of a page of what outsiders met: what was wrong, and the tests that would fail if it were so again. */
export type FoundRows = Readonly<Record<string, readonly [what: string, ...holders: Holder[]]>>;

/** A holder in one file, for tables with many of them. */
export const inFile =
  (file: string) =>
  (title: string, row?: string, of?: string): Holder => ({
    in: file,
    test: title,
    ...(row !== undefined && { row }),
    ...(of !== undefined && { of }),
  });

/**
 * A test for each row of a page: that the tests are there which hold it. They run where they stand; here nobody takes one away or calls it
 * otherwise without a word.
 */
export function holdRows(page: string, rows: FoundRows): void {
  describe(`what outsiders met: ${page}`, () => {
    test.each(Object.entries(rows))('row %s is held by tests that are there', (_, [what, ...holders]) => {
      expect(holders, what).not.toEqual([]);
      for (const { in: file, test: title, row, of = file } of holders) {
        const read = (name: string) => readFileSync(join('test', name), 'utf8');
        expect(file, what).toMatch(/\.test\.ts$/);
        expect(read(file), `${what}: ${file}`).toMatch(titled(title));
        if (row !== undefined) expect(read(of), `${what}: ${of}, ${title}`).toContain(row);
      }
    });
  });
}

/** A title where a test, a table of tests or a group of them takes it: behind a parenthesis, in quotes. */
function titled(title: string): RegExp {
  const text = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`\\(\\s*(['"\`])${text}\\1\\s*,`);
}
