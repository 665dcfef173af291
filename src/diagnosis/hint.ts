import type { KnownError } from './model/known-error.ts';
import { recognize } from './recognize.ts';

/** What a known error in a message stands for. */
export interface Hint {
  /** Id of the error, for `oriel explain`. */
  readonly error: string;
  readonly cause: string;
  /** Absent where it depends on which of several causes it is. */
  readonly remedy?: string;
}

/**
 * What the first known error in a message stands for; undefined where there is none. Later errors follow from the first: the file
 * that could not be written cannot be removed either.
 */
export function hintFor(errors: readonly KnownError[], message: string): Hint | undefined {
  const [error] = recognize(errors, message);
  if (!error) return undefined;
  const { id, title, causes } = error;
  const [first, ...others] = causes;
  if (others.length === 0) return { error: id, cause: `${title}: ${first.cause}`, remedy: first.remedy };
  return {
    error: id,
    cause: `${title}: ${causes.length} causes are known, the first is that ${first.cause}; \`oriel explain ${id}\` tells them apart`,
  };
}
