/** What belongs to each node, in order; one walk, whatever the number of nodes. */
export function byNode<Item extends { readonly node: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  return grouped(items, ({ node }) => node);
}

/** What belongs to each component, in order. */
export function byComponent<Item extends { readonly component: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  return grouped(items, ({ component }) => component);
}

function grouped<Item>(
  items: readonly Item[],
  ownerOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const own = new Map<string, Item[]>();
  for (const item of items) {
    const list = own.get(ownerOf(item));
    if (list) list.push(item);
    else own.set(ownerOf(item), [item]);
  }
  return own;
}
