import type { Position } from '../../errors.ts';
import type { KeyPath } from './rule.ts';

/** YAML read with the place of everything: plain data would have lost it. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly at: Position;
  readonly value: string | number | boolean | null;
  /** As it is written, where that is not the value: `1.10`. */
  readonly written?: string;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly Located[];
}

export interface LocatedMap {
  readonly kind: 'map';
  readonly at: Position;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Where the key stands. */
  readonly at: Position;
  readonly value: Located;
}

/** The same as plain data. */
export function plain(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

/** The node that `path` leads to, and where the key stands that leads to it (list items and the root: where they begin). */
export function find(root: Located, path: KeyPath): Entry | undefined {
  let found: Entry = { at: root.at, value: root };
  for (const step of path) {
    const next = child(found.value, step);
    if (!next) return undefined;
    found = next;
  }
  return found;
}

function child(node: Located, step: string | number): Entry | undefined {
  if (node.kind === 'map') return node.entries.get(String(step));
  if (node.kind !== 'list') return undefined;
  const item = node.items[Number(step)];
  return item && { at: item.at, value: item };
}

/** `over` on top of `base`: maps are merged by key, everything else is replaced; each key keeps the place it came from. */
export function merge(base: Located, over: Located): Located {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const below = entries.get(key);
    entries.set(key, below ? { at: entry.at, value: merge(below.value, entry.value) } : entry);
  }
  return { kind: 'map', at: over.at, entries };
}
