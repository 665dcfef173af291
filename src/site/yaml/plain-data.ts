import type { KeyPath } from './rule.ts';

/** What stands at a path of plain data; undefined where nothing does. */
export function valueAt(data: unknown, path: KeyPath): unknown {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** The paths in plain data that a pattern stands for; `*` is every key or list item. */
export function places(data: unknown, pattern: KeyPath): readonly KeyPath[] {
  let found: readonly KeyPath[] = [[]];
  for (const step of pattern) {
    found = found.flatMap((path) => {
      const keys = step === '*' ? keysOf(valueAt(data, path)) : [step];
      return keys.map((key) => [...path, key]).filter((longer) => valueAt(data, longer) !== undefined);
    });
  }
  return found;
}

function keysOf(value: unknown): KeyPath {
  if (Array.isArray(value)) return [...value.keys()];
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
