import { codesOf, codeText } from '../diagnosis/codes.ts';
import type { KnownError } from '../diagnosis/model/known-error.ts';
import { json } from './json.ts';
import { oneLine } from './visible.ts';

/** One thing that `oriel explain` knows under a name, of one of four kinds. */
export type Explained =
  | {
      readonly kind: 'key';
      readonly path: string;
      readonly value: string;
      readonly default?: string;
      readonly needed: boolean;
      readonly meaning: string;
    }
  | {
      readonly kind: 'check';
      readonly name: string;
      readonly title: string;
      readonly why: string;
      readonly needs: readonly string[];
      readonly remedy?: string;
    }
  | { readonly kind: 'rule'; readonly id: string; readonly severity: string; readonly text: string }
  | { readonly kind: 'error'; readonly error: KnownError };

type Of<Kind extends Explained['kind']> = Extract<Explained, { kind: Kind }>;
type Rows = readonly (readonly [name: string, text: string | undefined])[];

const texts: { readonly [Kind in Explained['kind']]: (thing: Of<Kind>) => string } = {
  key: ({ path, value, default: standard, needed, meaning }) =>
    section(`key ${path}`, [
      ['meaning', meaning],
      ['value', value],
      ['default', needed ? 'none: the key is needed' : standard],
    ]),
  check: ({ name, title, why, needs, remedy }) =>
    section(`check ${name}: ${title}`, [
      ['why', why],
      ['needs', needs.join(', ') || undefined],
      ['remedy', remedy],
      ['run it', `oriel verify SITE --only '${name.replaceAll(/NODE|SHARE/g, '*')}'`],
    ]),
  rule: ({ id, severity, text }) => section(`lint rule ${id} (${severity})`, [['asks for', text]]),
  error: ({ error }) => errorText(error),
};

/** Everything that a name stands for, as text. */
export function explainedText(things: readonly Explained[]): string {
  return things.map((thing) => (texts[thing.kind] as (thing: Explained) => string)(thing)).join('\n\n');
}

/** The same for programs. */
export function explainedJson(what: string, things: readonly Explained[]): string {
  const matches = things.map((thing) => (thing.kind === 'error' ? errorData(thing.error) : thing));
  return json({ what, matches }, 2);
}

function errorText(error: KnownError): string {
  const codes = codesOf(error).map(codeText);
  const blocks = error.causes.map(({ when, cause, remedy, checks }) =>
    rowsText([
      ['when', when],
      ['cause', cause],
      ['remedy', remedy],
      ['check', checks.length > 0 ? commandOf(checks) : undefined],
    ]),
  );
  return [
    section(`error ${error.id}: ${error.title}`, [['codes', codes.join(', ') || undefined]]),
    ...blocks,
  ].join('\n\n');
}

function errorData(error: KnownError): object {
  const { id, title, causes } = error;
  const codes = codesOf(error).map(({ family, value, name }) => ({ family, value, ...(name && { name }) }));
  return { kind: 'error', id, title, codes, causes };
}

/** The command that runs checks. */
function commandOf(checks: readonly string[]): string {
  return `oriel verify SITE ${checks.map((name) => `--only ${name}`).join(' ')}`;
}

function section(title: string, rows: Rows): string {
  return [oneLine(title), rowsText(rows)].filter(Boolean).join('\n');
}

function rowsText(rows: Rows): string {
  return rows
    .flatMap(([name, text]) => (text === undefined ? [] : [`  ${name.padEnd(8)}  ${oneLine(text)}`]))
    .join('\n');
}
