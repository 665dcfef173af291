/** One word of a condition: what stands for a value, a comparison, a word that joins, or a parenthesis. */
const token =
  /\s*(?:(?<value>"[^"]*"|-?\d+(?![\w.])|[%$?&!]?[A-Za-z_][\w.]*)|(?<compare>~?(?:<>|<=|>=|><|<<|>>|=|<|>))|(?<paren>[()]))/y;
const joining = new Set(['and', 'or', 'xor', 'eqv', 'imp']);

/**
 * What is wrong with a condition of Windows Installer, if anything; an empty one holds always. Windows Installer takes one that it cannot
 * read for false, or ends with error 1603, in silence. Source: Windows Installer SDK, "Conditional Statement Syntax".
 */
export function conditionProblem(text: string): string | undefined {
  const words = wordsOf(text);
  if (typeof words === 'string') return words;
  let depth = 0;
  let wantsValue = true;
  let compared = false;
  for (const word of words) {
    const kind = kindOf(word);
    if (kind === 'value' || kind === 'open' || kind === 'not') {
      if (!wantsValue) return `lacks AND, OR or a comparison in front of ${word}`;
      if (kind === 'not' && compared) return 'compares with NOT';
      if (kind === 'open' && compared) return 'compares with something in parentheses';
      if (kind === 'open') depth++;
      if (kind === 'value') wantsValue = false;
      continue;
    }
    if (wantsValue) return `lacks something in front of ${word}`;
    if (kind === 'close' && --depth < 0) return 'closes a parenthesis that is not open';
    if (kind === 'compare' && compared) return 'compares three things with each other';
    wantsValue = kind !== 'close';
    compared = kind === 'compare';
  }
  if (depth > 0) return 'leaves a parenthesis open';
  return wantsValue && words.length > 0 ? `ends with ${words.at(-1)}` : undefined;
}

function wordsOf(text: string): readonly string[] | string {
  const words: string[] = [];
  for (token.lastIndex = 0; token.lastIndex < text.trimEnd().length; ) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) return `cannot be read from ${JSON.stringify(text.slice(at).trim().slice(0, 20))} on`;
    words.push(found[0].trim());
  }
  return words;
}

function kindOf(word: string): 'value' | 'open' | 'close' | 'not' | 'join' | 'compare' {
  if (word === '(') return 'open';
  if (word === ')') return 'close';
  if (/^~?[<>=]/.test(word)) return 'compare';
  if (word.toLowerCase() === 'not') return 'not';
  return joining.has(word.toLowerCase()) ? 'join' : 'value';
}
