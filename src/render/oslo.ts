/** How a value is spelt in a file of oslo.config; which one applies is a property of the option. */
export interface OsloSyntax {
  readonly kind: 'scalar' | 'list' | 'dict' | 'multi';
  /** The list stands in `[` and `]`. */
  readonly brackets?: boolean;
  /** Items of the list may be quoted, and must be where they hold a comma. */
  readonly quotes?: boolean;
}

export type OsloScalar = string | number | boolean;
export type OsloValue = OsloScalar | readonly OsloScalar[] | { readonly [key: string]: OsloScalar };

/**
 * The texts to write after `name = `, one line each (several only of a repeated key), so that oslo.config reads back the same
 * value. Text is literal: `$` is never a reference to another option. Text in place of a list or a dict is taken as already
 * spelt. Ask `refusalOf` first.
 */
export function spell(value: OsloValue, { kind, brackets, quotes }: OsloSyntax): readonly string[] {
  if (isList(value) && kind === 'multi') return value.map((item) => line(String(item)));
  if (isList(value)) {
    const items = value.map((item) => (quotes ? quoted(String(item)) : String(item))).join(', ');
    return [line(brackets ? `[${items}]` : items)];
  }
  if (typeof value !== 'object') return [line(String(value))];
  return [
    line(
      Object.entries(value)
        .map(([key, item]) => `${key}:${item}`)
        .join(', '),
    ),
  ];
}

/** Why the format cannot carry a value (oslo_config/iniparser.py, and List and Dict in types.py), or undefined. */
export function refusalOf(value: OsloValue, { kind, quotes }: OsloSyntax): string | undefined {
  const problems = isList(value)
    ? value.map(
        (item) => refusedScalar(item) ?? (kind === 'multi' ? undefined : refusedItem(String(item), quotes)),
      )
    : typeof value === 'object'
      ? Object.entries(value).map(([key, item]) => refusedScalar(item) ?? refusedPair(key, String(item)))
      : [refusedScalar(value)];
  return problems.find((problem) => problem !== undefined);
}

const isList = (value: OsloValue): value is readonly OsloScalar[] => Array.isArray(value);
const hasBlankEnd = (text: string): boolean => text !== text.trim();

function refusedScalar(value: OsloScalar): string | undefined {
  const text = String(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))
    return 'must not hold a line end, a NUL or another control character';
  if (hasBlankEnd(text)) return 'must not begin or end with a blank';
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return 'is so large that YAML loses digits: write it in quotes';
  return undefined;
}

function refusedItem(item: string, quotes = false): string | undefined {
  if (item === '') return 'must not have an empty item';
  if (item.includes(',') && !quotes) return 'must not have an item with a comma';
  if (item.includes('"') && item.includes("'") && /,|^["']/.test(item))
    return 'must not have an item with both kinds of quotes';
  return undefined;
}

function refusedPair(key: string, text: string): string | undefined {
  if (key === '' || hasBlankEnd(key) || /[:,\s]/.test(key))
    return 'must not have a key that is empty or holds a colon, a comma or a blank';
  return text.includes(',') ? 'must not have a value with a comma' : undefined;
}

function quoted(item: string): string {
  if (!/,|^["']/.test(item)) return item;
  const mark = item.includes('"') ? "'" : '"';
  return `${mark}${item}${mark}`;
}

/** `$` escaped, and quotes around text that has a pair of its own, which the parser would strip. */
function line(text: string): string {
  // A plain `$$` behind a backslash would be read as `$` without the backslash: there the other escape, `\$`, is right.
  const literal = text.replaceAll('$', (_, at: number) => (text[at - 1] === '\\' ? '\\$' : '$$'));
  return /^(["'])(.*\1)?$/.test(literal) ? `"${literal}"` : literal;
}
