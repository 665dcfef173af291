import type { z } from 'zod';
import { maskedStart } from '../secret.ts';

/** Longest text, most values and deepest nesting of an answer: none of ours comes near, and a node may answer anything. */
const maxLength = 2 * 1024 * 1024;
const maxValues = 10_000;
const maxDepth = 16;
/** Characters of a bad answer that are shown. */
const shownCharacters = 200;

/** Why something that another machine said has not the form of a grammar, or is too large for any; undefined: it has. */
export function grammarProblem(grammar: z.ZodType, answer: unknown): string | undefined {
  const size = sizeProblem(answer);
  if (size !== undefined) return size;
  const { error } = grammar.safeParse(answer);
  if (!error) return undefined;
  const [issue] = error.issues;
  const path = maskedStart(issue?.path.map(String).join('.') ?? '', shownCharacters);
  const shown = JSON.stringify(answer) ?? 'nothing';
  const where = path ? ` at ${path}` : '';
  return `${maskedStart(issue?.message ?? '', shownCharacters)}${where}: ${maskedStart(shown, shownCharacters)}`;
}

/** Level by level, so that no depth ends the program. */
function sizeProblem(answer: unknown): string | undefined {
  let level: readonly unknown[] = [answer];
  let seen = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    seen += level.length;
    if (depth > maxDepth) return `the answer is nested more than ${maxDepth} deep`;
    if (seen > maxValues) return `the answer has more than ${maxValues} values`;
    for (const value of level)
      if (typeof value === 'string' && value.length > maxLength)
        return `the answer has a text of ${value.length} characters`;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return undefined;
}
