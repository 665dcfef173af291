import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runResults, stepActions, stepResults, syncStates, verdicts } from '../../src/events/status.ts';
import type { Check, Finding } from './check.ts';
import { trackedFiles } from './tracked-files.ts';

/** Words of ours that stood where the field has one; what is right is in docs/reference/glossary.md and src/events/status.ts. */
const retired: readonly (readonly [RegExp, string])[] = [
  [/\bas wanted\b/, 'in sync'],
  [/\bdecided (after|on the way)\b/, 'known after ...'],
  [/\bmistake of ours\b/, 'internal error'],
  [/\bis (sick|doubtful)\b/, 'unhealthy, suspect'],
  [/\bhow far it came\b/, 'the state is unknown'],
  [/\bnobody (will|is there)\b/, 'an imperative with the flag'],
  [/'(BAD|not done|no end)'/, 'a status word'],
];

/** What people read: sources, but for tests, and documents, but for what was changed when. */
const read =
  /^(src|agent|templates|scripts\/demo)\b.*\.(ts|ps1|hbs)$|^(docs\/.*|README|ARCHITECTURE|CONTRIBUTING|SECURITY)\.?(md)?$/;

/** The words that say how something stands are of four closed lists, and no other word takes their place. */
export const statusWords: Check = {
  name: 'status words',
  run: async (root) => {
    const files = (await trackedFiles(root)).filter((file) => read.test(file));
    return files.flatMap((file) => retiredIn(file, readFileSync(join(root, file), 'utf8')));
  },
};

/** One finding for each line with a retired word. */
export function retiredIn(file: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((line, index) =>
    retired
      .filter(([pattern]) => pattern.test(line))
      .map(([pattern, better]) => ({
        file,
        line: index + 1,
        message: `${pattern.exec(line)?.[0]}: the word is ${better}`,
      })),
  );
}

/** The lists as a table for the glossary. */
export function statusWordTable(): string {
  const lists = {
    'state of a resource': syncStates,
    'result of a step': stepResults,
    'what a step did': stepActions,
    'verdict of a check': verdicts,
    'end of a run': runResults,
  };
  const rows = Object.entries(lists).map(
    ([what, words]) => `| ${what} | ${words.map((word) => `\`${word}\``).join(', ')} |`,
  );
  return ['| of | words |', '| --- | --- |', ...rows].join('\n');
}
