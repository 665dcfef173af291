import type { Finding } from '../yaml/finding.ts';
import { places, valueAt } from '../yaml/plain-data.ts';
import type { KeyPath } from '../yaml/rule.ts';

/** Something that the grammar knows and the product cannot do yet. */
export interface Gap {
  /** The key; `*` stands for every name and list item. */
  readonly at: readonly string[];
  /** The values that work; without it none does. */
  readonly only?: readonly unknown[];
  readonly hint?: string;
}

const glance = ['components', 'glance'];

/** An entry goes when its capability comes. */
export const gaps: readonly Gap[] = [
  {
    at: ['storage', 'shares', '*', 'free'],
    hint: 'look after the volume by other means; leave this key out',
  },
  { at: [...glance, 'stores', '*', 'type'], only: ['file'] },
  { at: ['nodes', '*', 'via'], only: ['ssh'] },
  { at: ['nodes', '*', 'password'], hint: 'log in with a key: `identity`, or the SSH agent' },
  { at: ['juju'] },
];

/** Every key of `data` that asks for what cannot be done yet: refused, never ignored. */
export function unsupported(data: unknown): readonly Finding[] {
  return gaps.flatMap((gap) =>
    places(data, gap.at)
      .filter((path) => !gap.only?.includes(valueAt(data, path)))
      .map((path) => refusal(gap, path, valueAt(data, path))),
  );
}

function refusal(
  { only, hint = only && `only \`${only.join(', ')}\` is` }: Gap,
  path: KeyPath,
  value: unknown,
): Finding {
  const key = path.findLast((step) => typeof step === 'string');
  const asked = typeof value === 'object' ? `${key}` : `${key}: ${String(value)}`;
  const message = `\`${asked}\` is not supported yet`;
  return {
    path,
    message,
    ...(typeof path.at(-1) === 'string' && !only && { on: 'key' }),
    ...(hint && { hint }),
  };
}
