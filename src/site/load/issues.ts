import type { z } from 'zod';
import type { GrammarKind } from '../yaml/file-kind.ts';
import { pathText, type YamlFinding } from '../yaml/finding.ts';
import type { JsonSchema } from '../yaml/json-schema.ts';
import { nearestName } from '../yaml/nearest.ts';
import { valueAt } from '../yaml/plain-data.ts';
import type { KeyPath } from '../yaml/rule.ts';
import { adviceFor } from './known-keys.ts';

type Issue = z.core.$ZodIssue;

/**
 * What the grammar refuses, as findings. A schema states its own words as `message` or `message\nhint`, to be read after the
 * name of the key; all others are worded here.
 */
export function findingsOf(
  issues: readonly Issue[],
  data: unknown,
  kind: GrammarKind,
): readonly YamlFinding[] {
  // Made once: it costs more than all the advice that is looked up in it.
  let schema: JsonSchema | undefined;
  const grammar = (): JsonSchema => {
    schema ??= kind.schema();
    return schema;
  };
  return issues.flatMap((issue): readonly YamlFinding[] => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys') return unknownKeys(path, issue.keys, kind, grammar);
    if (issue.code === 'invalid_key')
      return [{ path, on: 'key', ...wording(path, issue.issues[0]?.message ?? '') }];
    const value = valueAt(data, path);
    if (value === undefined) return [missing(path, issue.message)];
    if (value === null) return [{ path, on: 'key', message: `\`${subject(path)}\` has no value` }];
    return [{ path, ...wording(path, issue.message) }];
  });
}

/** So many unknown keys of one map are told one by one. */
const maxUnknown = 20;

function unknownKeys(
  parent: KeyPath,
  keys: readonly string[],
  kind: GrammarKind,
  grammar: () => JsonSchema,
): readonly YamlFinding[] {
  const where = parent.length > 0 ? pathText(parent) : kind.name;
  const told = keys.slice(0, maxUnknown).map((key): YamlFinding => {
    const hint = adviceFor(grammar(), parent, key);
    const message = `\`${key}\` is not a key of ${where}`;
    return { path: [...parent, key], on: 'key', message, ...(hint && { hint }) };
  });
  const [next, ...more] = keys.slice(maxUnknown);
  if (next === undefined) return told;
  const message = `\`${next}\` and ${more.length} more are not keys of ${where}`;
  return [...told, { path: [...parent, next], on: 'key', message }];
}

/** The hint of a missing value is what the grammar would have asked of it. */
function missing(path: KeyPath, message: string): YamlFinding {
  const [must = '', hint] = message.split('\n');
  const advice = must.startsWith('must be `') ? `it ${must}` : hint;
  return { path, on: 'key', message: `\`${subject(path)}\` is missing`, ...(advice && { hint: advice }) };
}

function wording(path: KeyPath, text: string): { message: string; hint?: string } {
  const [message = '', hint] = text.split('\n');
  return { message: `\`${subject(path)}\` ${message}`, ...(hint && { hint }) };
}

function subject(path: KeyPath): string {
  const last = path.at(-1);
  return typeof last === 'number' ? `${path.at(-2)}[${last}]` : String(last ?? 'the file');
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

/** The words for issues whose schema has none of its own; an error map for zod's `safeParse`. */
export function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return typeRefused(issue.expected, issue.input);
  if (issue.code === 'invalid_value') return choiceRefused(issue.values.map(String), issue.input);
  if (issue.code === 'too_small') return `must have at least ${issue.minimum}`;
  return undefined;
}

function typeRefused(expected: string, input: unknown): string {
  const refusal = `must be ${typeWords[expected] ?? expected}, not ${describe(input)}`;
  return expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')
    ? `${refusal}\nput it in quotes: "${input}"`
    : refusal;
}

function choiceRefused(values: readonly string[], input: unknown): string {
  const text = String(input);
  const near = nearestName(text, values);
  const quotes = values.includes(text) ? `put it in quotes: "${text}"` : undefined;
  const hint = quotes ?? (near && `did you mean \`${near}\`?`);
  const refusal = `must be one of ${values.join(', ')}, not ${describe(input)}`;
  return hint ? `${refusal}\n${hint}` : refusal;
}

function describe(input: unknown): string {
  if (typeof input === 'string') {
    const text = input.replace(/\s+/g, ' ');
    return `"${text.length > 40 ? `${text.slice(0, 37)}...` : text}"`;
  }
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'a map';
  return `the ${typeof input === 'number' ? 'number ' : 'value '}${input}`;
}
