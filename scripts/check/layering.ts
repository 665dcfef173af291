import type { Check } from './check.ts';
import { readImportGraph } from './import-graph.ts';
import { layeringFindings } from './layers.ts';

export const layering: Check = {
  name: 'layering',
  run: async (root) => layeringFindings(readImportGraph(root)),
};
