import type { Rule } from './rule.ts';

/** Windows PowerShell reads a file without a mark by the code page of the machine: only ASCII is the same everywhere. */
export const encoding: Rule = ({ text }) => {
  const lines = text.split('\n');
  const wrong = lines.flatMap((line, index) => {
    if (/\r/.test(line)) return [{ line: index + 1, message: 'ends with CR LF, not LF' }];
    const character = /[^\x20-\x7e]/.exec(line)?.[0];
    if (character === undefined) return [];
    const code = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    return [{ line: index + 1, message: `holds U+${code}, which is not printable ASCII` }];
  });
  return text.endsWith('\n')
    ? wrong
    : [...wrong, { line: lines.length, message: 'has no line end at its end' }];
};
