import { byNode } from '../../by-node.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import { withinNode } from '../../resources/model/step-id.ts';
import { json } from '../json.ts';
import { oneLine } from '../visible.ts';

/** `needs`: without it the state means nothing; `after`: it has to have ended well first; `restarts`: its change restarts the other. */
type Edge = { readonly from: string; readonly to: string; readonly kind: 'needs' | 'after' | 'restarts' };

/** The steps of a site, and which of them comes before which. */
export interface StepGraph {
  readonly deployment: string;
  readonly release: string;
  readonly steps: readonly Declaration[];
}

export const graphFormats = ['dot', 'mermaid', 'json'] as const;
export type GraphFormat = (typeof graphFormats)[number];

/** The order of steps as Graphviz and Mermaid draw it, and for programs; an arrow leads from what comes first. */
export const graphs: Readonly<Record<GraphFormat, (graph: StepGraph) => string>> = {
  dot({ deployment, steps }) {
    const boxes = [...byNode(steps)].flatMap(([node, own], index) => [
      `  subgraph cluster_${index} {`,
      `    label=${quoted(node)};`,
      ...own.map((one) => `    ${quoted(idOf(one))} [label=${quoted(withinNode(node, idOf(one)))}];`),
      '  }',
    ]);
    const look = { needs: '', after: ' [style=dashed]', restarts: ' [style=bold, label="restarts"]' };
    const lines = edgesOf(steps).map(
      ({ from, to, kind }) => `  ${quoted(from)} -> ${quoted(to)}${look[kind]};`,
    );
    const head = ['  rankdir=LR;', '  node [shape=box];'];
    return [`digraph ${quoted(deployment)} {`, ...head, ...boxes, ...lines, '}'].join('\n');
  },
  mermaid({ steps }) {
    const numbers = new Map(steps.map((one, index) => [idOf(one), `s${index}`]));
    const boxes = [...byNode(steps)].flatMap(([node, own], index) => [
      `  subgraph n${index}[${quoted(node)}]`,
      ...own.map((one) => `    ${numbers.get(idOf(one))}[${quoted(withinNode(node, idOf(one)))}]`),
      '  end',
    ]);
    const arrows = { needs: '-->', after: '-.->', restarts: '== restarts ==>' };
    const lines = edgesOf(steps).map(
      ({ from, to, kind }) => `  ${numbers.get(from)} ${arrows[kind]} ${numbers.get(to)}`,
    );
    return ['flowchart LR', ...boxes, ...lines].join('\n');
  },
  json: ({ deployment, release, steps }) =>
    json(
      {
        deployment,
        release,
        steps: steps.map((one) => {
          const { node, component, resource, name } = one;
          return { id: idOf(one), node, component, kind: resource.kind, name };
        }),
        edges: edgesOf(steps),
      },
      2,
    ),
};

/** One arrow for two steps, the strongest that there is; none to what is left out. */
function edgesOf(steps: readonly Declaration[]): readonly Edge[] {
  const known = new Set(steps.map(idOf));
  return steps.flatMap((one) => {
    const to = idOf(one);
    const kinds = new Map<string, Edge['kind']>();
    for (const from of one.after ?? []) kinds.set(from, 'after');
    for (const from of one.needs) kinds.set(from, 'needs');
    for (const from of one.restartsAfter ?? []) kinds.set(from, 'restarts');
    return [...kinds].flatMap(([from, kind]) => (known.has(from) ? [{ from, to, kind }] : []));
  });
}

/** Text in quotes, as both languages read it; quotes become others. */
function quoted(text: string): string {
  return `"${oneLine(text).replaceAll('\\', '/').replaceAll('"', "'")}"`;
}
