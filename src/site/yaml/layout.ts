/** Blanks of one level. */
const step = 2;

/** A block of the text: where its lines begin, and where they are to begin. */
interface Level {
  readonly old: number;
  readonly now: number;
  readonly kind: 'map' | 'list';
}

/** A scalar of several lines below its `|` or `>`. */
interface Block {
  readonly parent: Level;
  /** Where its text begins; known from its first line on, or by a number behind the `|`. */
  from?: number;
  readonly to: number;
}

interface Layout {
  readonly lines: string[];
  readonly levels: Level[];
  /** Comments and blank lines that wait for the line below them. */
  readonly waiting: string[];
  block?: Block | undefined;
  /** What the line before has left open, and how far it was moved. */
  open: Open & { readonly shift: number };
}

/** A quote or brackets that are not closed. */
interface Open {
  readonly quote: string;
  readonly depth: number;
}

/**
 * The text of a YAML file in one layout: each level two blanks deeper, also the items of a list below their key; one blank line at most and
 * none at the ends; no blanks behind a line. Order, comments, and what stands within a line stay as they are. What it says is for the
 * caller to compare: it knows lines and no grammar.
 */
export function laidOut(text: string): string {
  const closed = { quote: '', depth: 0, shift: 0 };
  const layout: Layout = { lines: [], levels: [], waiting: [], open: closed };
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) add(layout, line);
  release(layout, -1, false);
  while (layout.lines.at(-1) === '') layout.lines.pop();
  return `${layout.lines.join('\n')}\n`;
}

function add(layout: Layout, line: string): void {
  const text = line.trim();
  const old = line.length - line.trimStart().length;
  if (layout.block && addToBlock(layout, layout.block, line, old)) return;
  const { quote, depth, shift } = layout.open;
  if (quote !== '' || depth > 0) {
    layout.lines.push(text === '' ? '' : `${' '.repeat(Math.max(0, old + shift))}${text}`);
    layout.open = { ...opened(text, layout.open), shift };
  } else if (text === '' || text.startsWith('#')) layout.waiting.push(text === '' ? '' : line.trimEnd());
  else addEntry(layout, text, old);
}

/** Whether a line belongs to a scalar of several lines; it is moved as a whole. */
function addToBlock({ lines }: Layout, block: Block, line: string, old: number): boolean {
  const isBlank = line.trim() === '';
  if (!isBlank && old <= block.parent.old) return false;
  if (!isBlank) block.from ??= old;
  const from = block.from ?? old;
  lines.push(line.length <= from && isBlank ? '' : `${' '.repeat(block.to)}${line.slice(from)}`);
  return true;
}

/** A line that begins a key or an item of a list. */
function addEntry(layout: Layout, text: string, old: number): void {
  const { levels, lines } = layout;
  layout.block = undefined;
  release(layout, old, /^-(\s|$)/.test(text));
  if (/^(---|\.\.\.)(\s|$)/.test(text)) levels.length = 0;
  let rest = text;
  let column = old;
  let now: number | undefined;
  let dashes = '';
  for (;;) {
    const [item] = /^-(\s+|$)/.exec(rest) ?? [];
    if (now !== undefined && item === undefined && /^([|>].*)?$/.test(rest)) break;
    const level = enter(levels, column, item === undefined ? 'map' : 'list');
    now ??= level.now;
    if (item === undefined) break;
    dashes += '- ';
    column += item.length;
    rest = rest.slice(item.length);
  }
  lines.push(`${' '.repeat(now ?? 0)}${dashes}${rest}`.trimEnd());
  layout.open = { ...opened(rest, { quote: '', depth: 0 }), shift: (now ?? 0) - old };
  const parent = levels.at(-1);
  const [head, number] = blockHead.exec(rest) ?? [];
  if (head === undefined || !parent) return;
  const indent = number === undefined ? undefined : Number(number);
  layout.block = {
    parent,
    ...(indent !== undefined && { from: parent.old + indent }),
    to: parent.now + (indent ?? step),
  };
}

/** `|`, `>-`, `|2` at the end of a line, alone or behind the colon of a key, and its number. */
const blockHead = /(?:^|:\s+)[|>][+-]?(\d)?[+-]?(?:\s+#.*)?$/;

/** The level that a line at this column is of; a new one is a step deeper than the one around it. */
function enter(levels: Level[], column: number, kind: Level['kind']): Level {
  for (let top = levels.at(-1); top; top = levels.at(-1)) {
    if (top.old < column || (top.old === column && !(top.kind === 'list' && kind === 'map'))) break;
    levels.pop();
  }
  const top = levels.at(-1);
  if (top?.old === column && top.kind === kind) return top;
  const level = { old: column, now: top ? top.now + step : 0, kind };
  levels.push(level);
  return level;
}

/** Writes what waits above a line: each comment at the level that it stands at, or at that of the line. */
function release({ lines, levels, waiting }: Layout, below: number, isItem: boolean): void {
  // A list may begin at the column of its key; what follows it there is no item.
  const own = levels.filter(({ old, kind }) => isItem || kind === 'map' || old !== below);
  for (const line of waiting.splice(0)) {
    const text = line.trim();
    if (text === '') {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
      continue;
    }
    const old = line.length - text.length;
    lines.push(`${' '.repeat(commentIndent(own, old, below))}${text}`);
  }
}

/** A comment that stands deeper than the line below it belongs to what stands above it. */
function commentIndent(levels: readonly Level[], old: number, below: number): number {
  const at = old > below ? old : below;
  const own = levels.findLast((level) => level.old <= at);
  if (!own) return 0;
  return own.old < at ? own.now + step : own.now;
}

/** What a line leaves open of quotes and brackets. A quote begins a text only where a value begins. */
function opened(text: string, before: Open): Open {
  let { quote, depth } = before;
  let last = depth > 0 || quote !== '' ? ',' : ':';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    const begins = ':-,[{'.includes(last) && (at === 0 || text[at - 1] === ' ' || '[{'.includes(last));
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '#' && (at === 0 || text[at - 1] === ' ')) break;
    else if ((character === '"' || character === "'") && begins) quote = character;
    else if ((character === '[' || character === '{') && (begins || depth > 0)) depth += 1;
    else if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    if (character !== ' ') last = character;
  }
  return { quote, depth };
}
