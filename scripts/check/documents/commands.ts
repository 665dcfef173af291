import { readFileSync } from 'node:fs';
import { loadVerbs } from '../../../src/commands/index.ts';
import { type CommandOutline, outlineOf } from '../../../src/manual/outline.ts';
import { emptyProgram } from '../../../src/program.ts';
import type { Finding } from '../check.ts';
import type { Page } from './markdown.ts';

/** A command of oriel in a document, and where. */
export interface DocumentCommand {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What follows `oriel`. */
  readonly words: readonly string[];
}

/** Every command of the program, as it has them. */
export async function programOutlines(): Promise<readonly CommandOutline[]> {
  const program = emptyProgram();
  for (const verb of await loadVerbs()) verb(program, async () => {});
  return outlineOf(program);
}

/**
 * The commands of a text: lines that begin with `oriel`, in Markdown those of code alone, after a prompt or an operator too; and
 * what stands in `oriel ...`.
 */
export function commandsOf(name: string, text: string): readonly DocumentCommand[] {
  const start = /^\s*(?:\$ |- |npx )?oriel (?=[a-z-])/;
  let fenced = false;
  return text.split('\n').flatMap((line, index) => {
    if (/^ *```/.test(line)) fenced = !fenced;
    const isCode = !name.endsWith('.md') || fenced || line.startsWith('    ');
    const spans = [...line.matchAll(/`oriel ([^`]+)`/g)].map((match) => match[1] ?? '');
    const own = isCode && start.test(line) ? line.replace(start, '') : '';
    const all = [...spans, ...own.split(/&& oriel |\| oriel /)].filter((one) => one !== '');
    return all.map((one) => ({ file: name, line: index + 1, words: wordsOf(one) }));
  });
}

/** Up to a remark, a redirection or a pipe; a remark is what stands behind two blanks or a #. */
function wordsOf(text: string): readonly string[] {
  const [own = ''] = text.split(/ {2,}| [#|>&;]|, oriel |; /);
  return own.split(' ').filter(Boolean);
}

/** What is wrong with a command: its verb is none, or an option is none of the verb's. */
export function problemOf(
  { words }: DocumentCommand,
  outlines: readonly CommandOutline[],
): string | undefined {
  const [root] = outlines;
  let outline = root;
  const plain = words.filter((word, index) => !word.startsWith('-') && words[index - 1] !== '-C');
  for (const word of plain) {
    const below = outlines.find(({ path }) => path === `${outline?.path ?? ''} ${word}`.trim());
    if (below === undefined) break;
    outline = below;
  }
  const [first = ''] = words;
  // A placeholder, and a word about all verbs.
  if (/^[A-Z<[]/.test(first) || first === 'help') return undefined;
  if (outline === root && !first.startsWith('-')) return `${first} is not a verb`;
  const known = [root, outline].flatMap((one) => one?.options.flatMap(({ flags }) => flags) ?? []);
  const flags = words.flatMap((word) => /^\[?(--?[A-Za-z][a-z-]*)/.exec(word)?.[1] ?? []);
  const strange = flags.filter((flag) => !known.includes(flag));
  return strange.length > 0 ? `${outline?.path} has no ${strange.join(', ')}` : undefined;
}

/** The lines of the first block of code below a heading. */
export function blockBelow(file: string, heading: string): string {
  const text = readFileSync(file, 'utf8').split(`\n## ${heading}\n`)[1] ?? '';
  return /```\w*\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
}

/** Flags that pages name alone, in code, and no command has. */
export function strangeFlags(
  pages: readonly Page[],
  outlines: readonly CommandOutline[],
): readonly Finding[] {
  const known = new Set(outlines.flatMap(({ options }) => options.flatMap(({ flags }) => flags)));
  return pages.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) =>
      [...line.matchAll(/`(--[a-z][a-z0-9-]*)[^`]*`/g)]
        .map(([, flag = '']) => flag)
        .filter((flag) => !known.has(flag))
        .map((flag) => ({ file: path, line: index + 1, message: `no verb has ${flag}` })),
    ),
  );
}
