import { CallError } from '../../errors.ts';

/** Characters of each part of an error that are kept: a node may say anything. */
const maxTextLength = 8192;

/** The error that an agent answered a call with; nothing in it is taken for what it should be. */
export function callError(node: string, call: string, error: unknown): CallError {
  const { kind, message, category, at } = Object(error) as Readonly<Record<string, unknown>>;
  return new CallError(
    node,
    call,
    textOf(kind) ?? 'Unknown',
    textOf(message) ?? '',
    textOf(category),
    textOf(at),
  );
}

/** What a node says where a text belongs, at most 8,192 characters of it; undefined where it says nothing. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  // An object may have any `toString`, and a list any depth.
  return typeof value === 'object' ? '(not a text)' : String(value).slice(0, maxTextLength);
}
