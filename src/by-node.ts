/** What belongs to each node, in order; one walk, whatever the number of nodes. */
export function byNode<Item extends { readonly node: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const own = new Map<string, Item[]>();
  for (const item of items) {
    const list = own.get(item.node);
    if (list) list.push(item);
    else own.set(item.node, [item]);
  }
  return own;
}
