import { InputError } from '../../../errors.ts';

/** Where in a configuration something is said. */
export interface ConfigPlace {
  readonly file: string;
  readonly line: number;
}

/** One line of an OpenSSH client configuration. */
export interface ConfigLine extends ConfigPlace {
  /** In small letters: they are not told apart. */
  readonly keyword: string;
  /** Behind the keyword, without quotes. */
  readonly words: readonly string[];
}

/** An error at a line of the configuration; exit code 2. */
export function configError({ file, line }: ConfigPlace, message: string, hint?: string): InputError {
  const position = { file, line, column: 1 };
  return new InputError([{ message, position, ...(hint !== undefined && { hint }) }]);
}

/** The lines of a configuration that say anything. Throws InputError for a quote that nothing ends. */
export function configLines(text: string, file: string): readonly ConfigLine[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const [, keyword, rest = ''] = /^\s*([^\s="#]+)\s*=?\s*(.*)$/s.exec(raw) ?? [];
    if (keyword === undefined) return [];
    const place = { file, line: index + 1 };
    return [{ keyword: keyword.toLowerCase(), words: wordsOf(rest, place), ...place }];
  });
}

/**
 * Blanks separate words, quotes of either kind hold them together, a backslash before a quote, a backslash or a blank takes it as it
 * is, and a word that begins with `#` begins a comment.
 */
function wordsOf(text: string, place: ConfigPlace): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\\' && ('"\'\\'.includes(next) || (next === ' ' && !quote)) && next) {
      word = `${word ?? ''}${next}`;
      at += 1;
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (quote === undefined && word === undefined && character === '#') break;
    else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else word = `${word ?? ''}${character}`;
  }
  if (quote !== undefined) throw configError(place, `the quote ${quote} has no end`);
  return word === undefined ? words : [...words, word];
}
