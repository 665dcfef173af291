import type { Bag, Model } from '../model.ts';

/** What a unit is doing: an event, or an action. */
export interface Moment {
  readonly kind: string;
  readonly relation?: string;
  readonly remoteUnit?: string;
  readonly action?: ActionRun;
}

export interface ActionRun {
  readonly name: string;
  readonly parameters: { readonly [name: string]: unknown };
  readonly results: { [key: string]: unknown };
  readonly messages: string[];
  failed?: string;
}

/** One hook or action of one unit, and what it wants to change once it ends well. */
export interface HookContext {
  readonly model: Model;
  readonly unit: string;
  readonly moment: Moment;
  /** Changed keys by `relation owner`; an empty text deletes one. */
  readonly bags: Map<string, Bag>;
  readonly state: Map<string, string | undefined>;
  readonly ports: string[];
  rebooting?: true;
}

/** The words and options that a tool was started with. */
export interface ToolCall {
  readonly words: readonly string[];
  readonly options: { readonly [name: string]: string };
  readonly input: string;
}

export type Tool = (context: HookContext, call: ToolCall) => unknown;

/** A tool that refuses: exit code 1, of wrong usage 2. */
export class ToolRefusal extends Error {
  constructor(
    message: string,
    readonly code: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** Options that take a value; all others are switches. */
const valued = new Set(['format', 'r', 's', 'l', 'file', 'label', 'endpoints']);

/** Options may follow words; `--` ends them; a lone `-` is a word. */
export function parseCall(args: readonly string[], input: string): ToolCall {
  const words: string[] = [];
  const options: Record<string, string> = {};
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--') return { words: [...words, ...rest], options, input };
    const [, name = '', value] = /^--?([a-z-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === '' && word.startsWith('-') && word !== '-')
      throw new ToolRefusal(`option provided but not defined: ${word}`, 2);
    if (name === '') words.push(word);
    else options[name] = value ?? (valued.has(name) ? (rest.shift() ?? '') : 'true');
  }
  return { words, options, input };
}

/** `key=value` words: blanks around keys and values are cut off. */
export function pairsOf(words: readonly string[]): Bag {
  return Object.fromEntries(
    words.map((word) => {
      const [, key = '', value = ''] = /^([^=]*)=([\s\S]*)$/.exec(word) ?? [];
      if (key.trim() === '') throw new ToolRefusal(`expected "key=value", got "${word}"`, 2);
      return [key.trim(), value.trim()];
    }),
  );
}

/** A map that came with `--file -`: numbers and truth become text, null deletes, lists and maps are refused. */
export function mapOf(input: string): Bag {
  const data = JSON.parse(input) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (typeof value === 'object' && value !== null)
        throw new ToolRefusal(`cannot unmarshal ${Array.isArray(value) ? 'list' : 'map'} into string`);
      return [key, value === null ? '' : String(value)];
    }),
  );
}
