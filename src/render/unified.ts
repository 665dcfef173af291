import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { linesOf, redactedLines } from './redact.ts';
import type { RenderedFile } from './rendered.ts';

/** More changed lines than anybody reads; the time to find a difference grows with the square of them. */
const maxEdits = 2_000;
/** Characters of a difference. */
const maxCharacters = 64 * 1024;

/** Where a text stands, and what it is there. */
export interface Side {
  readonly path: string;
  readonly label?: string;
}

/** The side on which there is no file. */
export const noFile: Side = { path: '/dev/null' };

/**
 * What becomes of a text where `file` is written, as a unified diff with secrets hidden on both sides (redact.ts); undefined: there was
 * no file. Line ends do not count. One line `Files A and B differ: REASON` where there is nothing to show.
 */
export function unifiedDiff(
  file: Pick<RenderedFile, 'shown' | 'content'>,
  before: string | undefined,
  { from, to }: { readonly from: Side; readonly to: Side },
): string {
  const old = before === undefined ? '' : redactedLines(before, file).join('\n');
  const now = linesOf(file.shown).join('\n');
  if (old === now && before !== undefined)
    return differ({ from, to }, 'only in secrets, line ends or a byte order mark');
  const patch = createTwoFilesPatch(from.path, to.path, old, now, from.label, to.label, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
    maxEditLength: maxEdits,
  });
  if (patch === undefined || patch.length > maxCharacters)
    return differ({ from, to }, 'in more lines than are shown');
  return patch;
}

/** The line that stands for a difference that is not shown. */
export function differ({ from, to }: { readonly from: Side; readonly to: Side }, reason: string): string {
  const name = ({ path, label }: Side): string => (label === undefined ? path : `${path} (${label})`);
  return `Files ${name(from)} and ${name(to)} differ: ${reason}\n`;
}
