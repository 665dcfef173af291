import { byNode } from '../by-node.ts';
import type { Interruption, Plan, Step } from '../plan/model/plan.ts';
import type { Action, Change, Plain } from '../resources/model/state.ts';
import { withinNode } from '../resources/model/step-id.ts';
import { interruptionText, sinceText } from './consequence-words.ts';
import { type Fold, page, row } from './page.ts';

const words: Readonly<Record<Action, string>> = {
  none: 'in sync',
  create: 'create',
  update: 'update',
  remove: 'remove',
  run: 'run',
  unknown: 'later',
};

/** A plan as one HTML page: a line for each node, its steps folded below it. */
export function planHtml({ deployment, release, created, nodes, steps, interruptions = [] }: Plan): string {
  const own = byNode(steps);
  const outages = byNode(interruptions);
  const folds = nodes.map((node) => foldOf(node, own.get(node.name) ?? [], outages.get(node.name) ?? []));
  const changing = folds.filter(({ tone }) => tone === 'plain').length;
  const away = nodes.filter(({ error }) => error !== undefined).length;
  const lead = [
    `What oriel apply would change, seen ${created}: ${counts(steps)}.`,
    `${changing} of ${nodes.length} nodes change${away > 0 ? `, ${away} not reached` : ''}. “later”: decided when what it depends on has changed.`,
  ];
  return page(`Plan: ${deployment}, OpenStack ${release}`, lead, folds);
}

function foldOf(
  { name, platform, error }: Plan['nodes'][number],
  steps: readonly Step[],
  outages: readonly Interruption[],
): Fold {
  if (error !== undefined) return { tone: 'error', head: [name, 'not reached', error], rows: [] };
  const unchanged = steps.every(({ action }) => action === 'none');
  return {
    tone: unchanged ? 'none' : 'plain',
    head: [name, counts(steps), outages.map(interruptionText).join('; ')],
    remark: platform,
    rows: steps.map(rowOf),
  };
}

function rowOf(step: Step): string {
  const { id, node, action, reason, changes, error } = step;
  const why = error ? `${reason}: ${error.message}${error.remedy ? ` (${error.remedy})` : ''}` : reason;
  const remark = before(step);
  return row(
    error ? 'error' : action,
    error ? 'not seen' : words[action],
    withinNode(node, id),
    `${why}${sinceText(step)}`,
    { code: action === 'none' ? [] : changes.map(changeOf), ...(remark !== undefined && { remark }) },
  );
}

function changeOf({ property, from, to }: Change): string {
  return `${property}: ${show(from)} → ${show(to)}`;
}

function show(value: Plain): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^[0-9a-f]{40,}$/.test(text)) return `${text.slice(0, 12)}...`;
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

/** What a step that changes something waits for; of the others nobody asks. */
function before({ node, action, needs, after = [] }: Step): string | undefined {
  const ids = [...needs, ...after].map((id) => withinNode(node, id));
  return action === 'none' || ids.length === 0 ? undefined : `after ${ids.join(', ')}`;
}

function counts(steps: readonly Step[]): string {
  const equal = steps.filter(({ action }) => action === 'none').length;
  if (steps.length === equal) return `no changes, ${equal} in sync`;
  const broken = steps.filter(({ error }) => error !== undefined).length;
  const later = steps.filter(({ action, error }) => action === 'unknown' && !error).length;
  const parts = [
    [steps.length - equal - broken - later, 'to change'],
    [later, 'later'],
    [broken, 'not observed'],
    [equal, 'in sync'],
  ] as const;
  return parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ');
}
