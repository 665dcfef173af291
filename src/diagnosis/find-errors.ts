import { codesOf, codesOfName, codesOfNumber } from './codes.ts';
import type { KnownError } from './model/known-error.ts';
import { recognize } from './recognize.ts';

/** A text shorter than this is in too many others. */
const shortest = 4;

/**
 * The errors of a table that somebody means: by id, by a code in any spelling (`5`, `WinError 5`, `0x80070005`, `-1073741790`,
 * `NT_STATUS_ACCESS_DENIED`, `503`), or by a message that tells of them; of several codes with one number all.
 */
export function findErrors(errors: readonly KnownError[], what: string): readonly KnownError[] {
  const text = what.trim();
  const byId = errors.filter(({ id }) => id === text.toLowerCase());
  if (byId.length > 0) return byId;
  const byCode = [...codesOfNumber(errors, text), ...codesOfName(errors, text)].map(({ error }) => error);
  if (byCode.length > 0) return [...new Set(byCode)];
  return recognize(errors, text);
}

/** The errors of a table whose name or message has these words. */
export function errorsWith(errors: readonly KnownError[], words: string): readonly KnownError[] {
  const text = words.trim().toLowerCase();
  if (text.length < shortest) return [];
  return errors.filter(({ id, title, phrases }) =>
    [id, title.toLowerCase(), ...phrases].some((own) => own.includes(text)),
  );
}

/** Names to suggest for one that is not known. */
export function errorNames(errors: readonly KnownError[]): readonly string[] {
  const names = errors.flatMap(codesOf).flatMap(({ name }) => (name === undefined ? [] : [name]));
  return [...errors.map(({ id }) => id), ...names];
}
