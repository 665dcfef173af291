/** A plain scalar as Juju's reader understands it. */
export type GoValue = string | number | boolean | null;

const words: ReadonlyMap<string, GoValue> = new Map<string, GoValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
]);

/** Go's integers with a prefix of their base; a zero alone before digits is one as well. */
const bases: readonly (readonly [RegExp, number])[] = [
  [/^([-+]?)0[xX]([0-9a-fA-F]+)$/, 16],
  [/^([-+]?)0[bB]([01]+)$/, 2],
  [/^([-+]?)0[oO]?([0-7]+)$/, 8],
  [/^([-+]?)([0-9]+)$/, 10],
];
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/**
 * What go-yaml 2, the YAML of Juju 2.9 and 3, makes of a scalar without quotes: YAML 1.1 without sexagesimal numbers, and times stay
 * text (gopkg.in/yaml.v2, resolve.go). Juju 4 reads fewer words as truth values; what is right here is right there.
 */
export function goValue(text: string): GoValue {
  const word = words.get(text);
  if (word !== undefined) return word;
  const digits = text.replaceAll('_', '');
  for (const [pattern, base] of bases) {
    const found = /^[-+.0-9]/.test(text) && pattern.exec(digits);
    if (found && !(base === 10 && /^[-+]?0[0-9]/.test(digits)))
      return Number.parseInt(`${found[1]}${found[2]}`, base);
  }
  return /^[-+.0-9]/.test(text) && float.test(digits) ? Number(digits) : text;
}
