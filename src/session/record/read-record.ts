import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { Asked, Failure } from '../recorder.ts';
import { headGrammar, lineGrammar, type RecordHead, recordVersion } from './format.ts';

/** What came of a question. */
export type Outcome = { readonly answer?: unknown } | { readonly error: Failure };

/** One thing that was asked, and what came of it. */
export interface Recorded {
  /** Of its question in the file. */
  readonly line: number;
  readonly n: number;
  readonly ask: Asked;
  /** Absent: the record ends before it. */
  readonly outcome?: Outcome;
  readonly printed: readonly string[];
}

export interface RecordFile {
  readonly path: string;
  readonly head: RecordHead;
  /** By node, in the order in which it was asked. */
  readonly nodes: ReadonlyMap<string, readonly Recorded[]>;
}

type Draft = { -readonly [Key in keyof Recorded]: Recorded[Key] } & { printed: string[] };

/**
 * Reads a record. A last line that was cut, as by a program that died while it wrote, is left out. Throws InputError where it cannot
 * be read or is none, with the line.
 */
export function readRecord(path: string): RecordFile {
  const [first = '', ...lines] = textOf(path).split('\n');
  const head = parsed(path, 1, first, headGrammar);
  const whole = lines.slice(0, -1);
  const nodes = new Map<string, Draft[]>();
  for (const [index, text] of whole.entries()) {
    const at = index + 2;
    const line = parsed(path, at, text, lineGrammar);
    const asked = nodes.get(line.node) ?? [];
    nodes.set(line.node, asked);
    if ('ask' in line) asked.push({ line: at, n: line.n, ask: line.ask, printed: [] });
    else {
      const draft = asked[line.n - 1];
      if (!draft) throw refused(path, `line ${at} answers what ${line.node} was not asked`);
      if ('printed' in line) draft.printed.push(line.printed);
      else draft.outcome = 'error' in line ? { error: line.error } : { answer: line.answer };
    }
  }
  return { path, head, nodes };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw refused(path, `it cannot be read: ${(error as Error).message}`);
  }
}

function parsed<Result>(path: string, at: number, text: string, grammar: z.ZodType<Result>): Result {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw refused(path, `line ${at} is no JSON`);
  }
  const { data: line, error } = grammar.safeParse(data);
  if (!error) return line;
  throw refused(path, `line ${at} is none of version ${recordVersion}: ${error.issues[0]?.message}`);
}

function refused(path: string, why: string): InputError {
  const hint =
    '`oriel plan SITE --record FILE` makes a record; docs/reference/nodes/record.md has its format';
  return new InputError([{ message: `${path} is not a record of oriel: ${why}`, hint }]);
}
