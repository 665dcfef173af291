/**
 * The one step that an id means, by node, kind and name: `node/kind/name`, as version 1 wrote it, and every longer form that
 * has more between node and kind. All comparisons of these tests are by it, so that they hold whatever an id looks like.
 */
export function meantBy(id: string): string {
  const parts = id.split('/');
  return [parts[0], parts.at(-2), parts.at(-1)].join(' ');
}

/** The same of each, in an order of their own. */
export function allMeantBy(ids: Iterable<string>): readonly string[] {
  return [...ids].map(meantBy).sort();
}
