import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

/** What a file imports, types included, both as paths from the root with forward slashes. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const statement =
  /^(?:import|export)\s+[^'";]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;

/** The relative imports of a TypeScript source. */
export function relativeImports(source: string): readonly string[] {
  return [...source.matchAll(statement)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((target) => target.startsWith('.'));
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
      const targets = relativeImports(readFileSync(file, 'utf8'));
      return [path, targets.map((target) => posix.join(dirname(path), target))];
    }),
  );
}

/** The same graph between rooms: the folders of the files; each file right below `src` is a room of its own. */
export function folderGraph(graph: ImportGraph): ImportGraph {
  const rooms = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const room = roomOf(file);
    const others = rooms.get(room) ?? new Set<string>();
    for (const target of targets) if (roomOf(target) !== room) others.add(roomOf(target));
    rooms.set(room, others);
  }
  return new Map([...rooms].map(([room, others]) => [room, [...others]]));
}

function roomOf(file: string): string {
  const folder = dirname(file);
  return folder === 'src' ? file : folder;
}
