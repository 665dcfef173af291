import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/** What a file imports at run time, both as paths from the root with forward slashes. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const statement =
  /^(?:import|export)\s+(type\s)?([^'";]*?)\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** The relative imports of a TypeScript source that are left when the types are gone. */
export function runtimeImports(source: string): readonly string[] {
  return [...source.matchAll(statement)]
    .filter(([, type, names = '']) => type === undefined && !onlyTypes(names))
    .map((match) => match[3] ?? match[4] ?? match[5] ?? '')
    .filter((target) => target.startsWith('.'));
}

/** `{ type A, type B }`. */
function onlyTypes(names: string): boolean {
  const inside = /^\{(.*)\}\s*$/s.exec(names.trim())?.[1];
  const items = inside?.split(',').filter((name) => name.trim() !== '') ?? [];
  return items.length > 0 && items.every((name) => /^\s*type\s/.test(name));
}

/** The import graph of every .ts file below `root`/src. */
export function readImportGraph(root: string): ImportGraph {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => join(root, 'src', name));
  return new Map(
    files.map((file) => {
      const path = relative(root, file).split(sep).join('/');
      const targets = runtimeImports(readFileSync(file, 'utf8'));
      return [path, targets.map((target) => posix.join(dirname(path), target))];
    }),
  );
}
