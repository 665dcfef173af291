import { byNode } from '../by-node.ts';
import type { Plan, Step } from '../plan/model/plan.ts';
import type { Action } from '../resources/model/state.ts';
import { withinNode } from '../resources/model/step-id.ts';
import { interruptionText, sinceText } from './consequence-words.ts';
import { table } from './table.ts';
import { oneLine } from './visible.ts';

const marks: Readonly<Record<Action, string>> = {
  none: '=',
  create: '+',
  update: '~',
  remove: '-',
  run: '>',
  unknown: '?',
};

/** So many nodes are shown whole, also where nothing changes on them. */
const many = 10;

/** A plan for eyes: node by node what would change and why, and the sum of it; `depends`: also what each step waits for. */
export function planTable(
  { deployment, release, nodes, steps, interruptions = [] }: Plan,
  depends = false,
): string {
  const own = byNode(steps);
  const outages = byNode(interruptions);
  const unchanged = unchangedNodes(nodes, own);
  const parts = nodes
    .filter(({ name }) => !unchanged.includes(name))
    .map(({ name, platform, error }) => {
      if (error !== undefined) return `${name}: not reached\n  ${oneLine(error)}`;
      const lines = [
        `${name} (${oneLine(platform)})`,
        table(
          (own.get(name) ?? []).flatMap((step) => rows(step, depends)),
          '  ',
        ),
      ];
      const away = (outages.get(name) ?? []).map(interruptionText);
      return [...lines, ...away.map((text) => `  ${oneLine(text)}`)].join('\n');
    });
  const folded =
    unchanged.length > 0
      ? [`No changes on ${unchanged.length} nodes: ${unchanged.map(oneLine).join(', ')}`]
      : [];
  return [`${deployment}, OpenStack ${release}`, ...parts, ...folded, sum(steps, nodes)].join('\n\n');
}

/** Of many nodes those on which all is in sync: their steps would hide the others. */
function unchangedNodes(nodes: Plan['nodes'], own: ReadonlyMap<string, readonly Step[]>): readonly string[] {
  if (nodes.length <= many) return [];
  return nodes.flatMap(({ name, error }) =>
    error === undefined && own.get(name)?.every(({ action }) => action === 'none') ? [name] : [],
  );
}

function rows(step: Step, depends: boolean): readonly (readonly string[])[] {
  const before = [...step.needs, ...(step.after ?? [])];
  return [
    row(step),
    ...(depends && before.length > 0 ? [['', '', `after ${listed(step.node, before)}`]] : []),
  ];
}

/** Ids of the same node without its name. */
function listed(node: string, ids: readonly string[]): string {
  return ids.map((id) => withinNode(node, id)).join(', ');
}

function row(step: Step): readonly string[] {
  const { id, node, action, reason, error } = step;
  const why = error ? `${reason}: ${error.message}${error.remedy ? ` (${error.remedy})` : ''}` : reason;
  return [error ? '!' : marks[action], withinNode(node, id), `${why}${sinceText(step)}`];
}

function sum(steps: readonly Step[], nodes: Plan['nodes']): string {
  const unreached = nodes.filter(({ error }) => error !== undefined).length;
  const broken = steps.filter(({ error }) => error !== undefined).length;
  const equal = steps.filter(({ action }) => action === 'none').length;
  const later = steps.filter(({ action, error }) => action === 'unknown' && !error).length;
  const pending = steps.length - equal - later - broken;
  const problems = [
    ...(unreached > 0 ? [`${unreached} of ${nodes.length} nodes not reached`] : []),
    ...(broken > 0 ? [`${broken} not observed`] : []),
  ];
  if (pending + later === 0 && problems.length === 0) return `No changes: ${equal} steps are in sync.`;
  const of = (action: Action): number => steps.filter((step) => step.action === action && !step.error).length;
  const runs = of('run') > 0 ? [`${of('run')} to run`] : [];
  const counts = [
    ...[`${of('create')} to create`, `${of('update')} to change`, `${of('remove')} to remove`, ...runs],
    ...[`${later} known later`, `${equal} in sync`, ...problems],
  ];
  return `${counts.join(', ')}.`;
}
