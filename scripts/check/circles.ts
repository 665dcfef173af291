import type { Check, Finding } from './check.ts';
import { folderGraph, type ImportGraph, readImportGraph } from './import-graph.ts';

/** No file and no folder of `src` imports, by whatever way, what imports it; types count. */
export const circles: Check = {
  name: 'circles',
  run: async (root) => {
    const graph = readImportGraph(root);
    return [...circleFindings(graph, 'file'), ...circleFindings(folderGraph(graph), 'folder')];
  },
};

/** One finding for each circle of a graph, at its first member by name. */
export function circleFindings(graph: ImportGraph, what: 'file' | 'folder'): readonly Finding[] {
  return circlesOf(graph).map((members) => {
    const [first = '', ...others] = [...members].sort();
    return { file: first, message: `is in a circle of ${members.length} ${what}s with ${others.join(', ')}` };
  });
}

/** Sets of nodes that reach each other: strongly connected components of more than one (Tarjan, 1972). */
export function circlesOf(graph: ImportGraph): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const found: (readonly string[])[] = [];
  const visit = (node: string): number => {
    index.set(node, index.size);
    lowest.set(node, index.get(node) ?? 0);
    open.push(node);
    for (const target of graph.get(node) ?? []) {
      const reached = index.has(target)
        ? open.includes(target)
          ? index.get(target)
          : undefined
        : visit(target);
      if (reached !== undefined) lowest.set(node, Math.min(lowest.get(node) ?? 0, reached));
    }
    if (lowest.get(node) === index.get(node)) {
      const members = open.splice(open.indexOf(node));
      if (members.length > 1) found.push(members);
    }
    return lowest.get(node) ?? 0;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}
