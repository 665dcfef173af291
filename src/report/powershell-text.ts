/** What a value is in PowerShell: a literal of pure ASCII, or one in parentheses. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return '$null';
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `@(${value.map(literal).join(', ')})`;
  if (typeof value !== 'object') return quoted(String(value));
  const entries = Object.entries(value).map(([key, each]) => `${quoted(key)} = ${literal(each)}`);
  return entries.length > 0 ? `@{ ${entries.join('; ')} }` : '@{}';
}

/**
 * A string that nothing is expanded in. Inside single quotes PowerShell takes U+0027 and U+2018 to U+201B for the end
 * (about_Quoting_Rules; `IsSingleQuote` in its tokenizer): the first is doubled, and all that is not printable ASCII is
 * written as its code.
 */
export function quoted(text: string): string {
  const parts = text.split(/([^\x20-\x7e]+)/).filter(Boolean);
  const pieces = parts.map((part) =>
    /^[\x20-\x7e]/.test(part) ? `'${part.replaceAll("'", "''")}'` : codes(part),
  );
  if (pieces.length === 0) return "''";
  const [first = ''] = pieces;
  if (pieces.length === 1 && first.startsWith("'")) return first;
  // The empty text in front makes all that follows be joined as text.
  return `(${["''", ...pieces].join(' + ')})`;
}

function codes(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return units.map((unit) => `[char]0x${unit.toString(16)}`).join(' + ');
}

/** Text for a comment: one line of printable ASCII. */
export function remark(text: string): string {
  return text
    .replace(/\s*[\r\n]+\s*/g, ' ')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
