import { masked, maskedStart } from '../secret.ts';
import { plainText } from './plain-text.ts';

/** Characters of a text of a node that are kept, where it is one of few. */
const maxTextLength = 8192;

/** What a node says where a text belongs, at most `length` characters of it; undefined where it says nothing. */
export function textOf(value: unknown, length = maxTextLength): string | undefined {
  if (value === undefined || value === null) return undefined;
  // An object may have any `toString`, and a list any depth.
  return typeof value === 'object' ? '(not a text)' : shortened(plainText(String(value)), length);
}

/** The first `length` characters of a text of others, without secrets that are known, and how many more there are. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return masked(text);
  return `${maskedStart(text, length)} ... (${counted(text.length - length)} more characters left out)`;
}

/** A number as people read it: `1,204`. */
export function counted(number: number): string {
  return number.toLocaleString('en-US');
}
