import { CallError } from '../../errors.ts';
import { textOf } from '../foreign-text.ts';

/** Characters of the names in an error that are kept: a node may say anything. */
const maxNameLength = 200;

/** The error that an agent answered a call with; nothing in it is taken for what it should be. */
export function callError(node: string, call: string, error: unknown): CallError {
  const { kind, message, category, at } = Object(error) as Readonly<Record<string, unknown>>;
  return new CallError(
    node,
    call,
    textOf(kind, maxNameLength) ?? 'Unknown',
    textOf(message) ?? '',
    textOf(category, maxNameLength),
    textOf(at),
  );
}
