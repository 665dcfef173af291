import type { Finding } from '../check.ts';
import { type Page, rowsOf } from './markdown.ts';

/** Heads of the columns in which pages quote what the program says. */
const heads = ['message', 'what is said', 'status', 'the log says'];

/** Messages that tables quote, in code, and no source of the program says. A word in capitals, one with a hyphen (the name of an option) and `...`
 * stand for anything. */
export function strangeMessages(pages: readonly Page[], sources: readonly Page[]): readonly Finding[] {
  const said = sources.map(({ text }) => plain(text)).join('\n');
  return pages.flatMap((page) =>
    quotedIn(page).flatMap(({ message, line }) => {
      const parts = partsOf(message);
      const strange = parts.find((part) => !said.includes(part));
      return strange === undefined
        ? []
        : [{ file: page.path, line, message: `quotes "${message}"; no source of oriel says "${strange}"` }];
    }),
  );
}

/** The messages that a page quotes, each with its line. */
export function quotedIn(page: Page): readonly { readonly message: string; readonly line: number }[] {
  return rowsOf(page).flatMap(({ header, cells, line }) =>
    heads.includes(header[0] ?? '')
      ? [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, message = '']) => ({ message, line }))
      : [],
  );
}

/** The words of a message between what is filled in, from eight letters on. */
function partsOf(message: string): readonly string[] {
  return message
    .replace(/^(active|blocked|maintenance|waiting): /, '')
    .split(/\.\.\.|\b[A-Z][A-Z_]+\b|\b[a-z]+(?:-[a-z]+)+\b|\d[\d.]*|"/)
    .map((part) => plain(part).trim())
    .filter((part) => part.length >= 8);
}

/** Text of a source in which a sentence that is put together stands in one piece, and letters are all small. */
function plain(text: string): string {
  return text
    .replace(/\\'/g, "'")
    .replace(/['`"]\s*\+\s*['`"]/g, '')
    .replace(/\\`/g, '')
    .toLowerCase();
}
