import type { NodeSettings } from '../site/deployment.ts';

/** A text of the site file with `{node}`, `{address}` and what else is given filled in. */
export function fill(
  text: string,
  { name, address }: Pick<NodeSettings, 'name' | 'address'>,
  more: Readonly<Record<string, string>> = {},
): string {
  const values: Readonly<Record<string, string>> = { node: name, address, ...more };
  return text.replace(/\{(\w+)\}/g, (whole, word: string) => values[word] ?? whole);
}
