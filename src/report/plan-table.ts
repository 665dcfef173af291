import { byNode } from '../by-node.ts';
import type { Action, Plan, Step } from '../plan/plan.ts';
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

/** A plan for eyes: node by node what would change and why, and the sum of it. */
export function planTable({ deployment, release, nodes, steps }: Plan): string {
  const own = byNode(steps);
  const parts = nodes.map(({ name, platform, error }) => {
    if (error !== undefined) return `${name}: not reached\n  ${oneLine(error)}`;
    return `${name} (${oneLine(platform)})\n${table((own.get(name) ?? []).map(row), '  ')}`;
  });
  return [`${deployment}, OpenStack ${release}`, ...parts, sum(steps, nodes)].join('\n\n');
}

function row({ kind, name, action, reason, error }: Step): readonly string[] {
  const why = error ? `${reason}: ${error.message}${error.remedy ? ` (${error.remedy})` : ''}` : reason;
  return [error ? '!' : marks[action], `${kind}/${name}`, why];
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
  if (pending + later === 0 && problems.length === 0) return `No changes: ${equal} steps are as wanted.`;
  const counts = [`${pending} to change`, `${later} decided on the way`, `${equal} as wanted`, ...problems];
  return `${counts.join(', ')}.`;
}
