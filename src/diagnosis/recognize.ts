import { type CodeFamily, codesOfName, codesOfNumber } from './codes.ts';
import type { KnownError } from './model/known-error.ts';

/** A known error in a text, and where. */
interface Sighting {
  readonly error: KnownError;
  readonly at: number;
}

/** More of a text is not looked at: a node may say anything. */
const maxLength = 64 * 1024;

/** How codes stand in messages and logs. A bare number is none: too many things are counted. */
const spelled: readonly (readonly [pattern: RegExp, families: readonly CodeFamily[]])[] = [
  [/\b(0x[0-9a-f]{8})\b/gi, ['ntstatus', 'win32']],
  [/(?<![\w-])(-\d{9,10})\b/g, ['ntstatus', 'win32']],
  [/\b(?:winerror|win32 error|system error|error code)[ :]+(\d{1,5})\b/gi, ['win32']],
  [/\[errno (\d{1,3})\]/gi, ['errno']],
  [/\b(?:status|http)[ :]+(\d{3})\b/gi, ['http']],
  [/\bevent(?: id)?[ :]+(\d{1,5})\b/gi, ['event']],
];
const named = /\b(?:NT_)?STATUS_[A-Z0-9_]+\b|\bE[A-Z]{2,11}\b/g;

/** The errors of a table that a message or a log tells of, the first one first: it is the cause of those after it. */
export function recognize(errors: readonly KnownError[], text: string): readonly KnownError[] {
  const told = text.slice(0, maxLength);
  const sightings = [...byNumber(errors, told), ...byName(errors, told), ...byPhrase(errors, told)];
  return [...new Set(sightings.sort((one, other) => one.at - other.at).map(({ error }) => error))];
}

function byNumber(errors: readonly KnownError[], text: string): readonly Sighting[] {
  return spelled.flatMap(([pattern, families]) =>
    [...text.matchAll(pattern)].flatMap(({ 1: number = '', index }) =>
      codesOfNumber(errors, number, families).map(({ error }) => ({ error, at: index })),
    ),
  );
}

function byName(errors: readonly KnownError[], text: string): readonly Sighting[] {
  return [...text.matchAll(named)].flatMap(({ 0: name, index }) =>
    codesOfName(errors, name).map(({ error }) => ({ error, at: index })),
  );
}

function byPhrase(errors: readonly KnownError[], text: string): readonly Sighting[] {
  const small = text.toLowerCase();
  return errors.flatMap((error) =>
    error.phrases.flatMap((phrase) => {
      const at = small.indexOf(phrase);
      return at < 0 ? [] : [{ error, at }];
    }),
  );
}
