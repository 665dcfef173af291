import { byNode } from '../../by-node.ts';
import type { Interruption, Plan, Step } from '../../plan/model/plan.ts';
import type { Action, Change, Plain } from '../../resources/model/state.ts';
import { withinNode } from '../../resources/model/step-id.ts';
import { interruptionText, sinceText } from '../consequence-words.ts';
import { type Fold, foldedPage, row } from './folds.ts';
import { time } from './page.ts';

const words: Readonly<Record<Action, string>> = {
  none: 'in sync',
  create: 'create',
  update: 'update',
  remove: 'remove',
  run: 'run',
  unknown: 'later',
};

/** A node that changes in more steps than this begins folded. */
const maxUnfolded = 12;

/** A plan as one HTML page: a line for each node, its steps folded below it. */
export function planHtml({ deployment, release, created, nodes, steps, interruptions = [] }: Plan): string {
  const own = byNode(steps);
  const outages = byNode(interruptions);
  const folds = nodes.map((node) => foldOf(node, own.get(node.name) ?? [], outages.get(node.name) ?? []));
  const changing = folds.filter(({ tone }) => tone === 'plain').length;
  const away = nodes.filter(({ error }) => error !== undefined).length;
  const lead = [
    `What oriel apply would change, seen ${time(created)}: ${counts(steps)}.`,
    `${changing} of ${nodes.length} nodes change${away > 0 ? `, ${away} not reached` : ''}. “later”: known after what it depends on has changed.`,
    'What came of it, once it is applied and <code>oriel show last --html &gt; run.html</code> has written it beside this page: <a href="run.html">run.html</a>.',
  ];
  return foldedPage(`Plan: ${deployment}, OpenStack ${release}`, lead, folds);
}

function foldOf(
  { name, platform, error }: Plan['nodes'][number],
  steps: readonly Step[],
  outages: readonly Interruption[],
): Fold {
  if (error !== undefined)
    return { tone: 'error', head: [name, error], counts: [['error', 'not reached']], rows: [] };
  const unchanged = steps.every(({ action }) => action === 'none');
  return {
    tone: unchanged ? 'none' : 'plain',
    head: [name, outages.map(interruptionText).join('; ')],
    counts: countsOf(steps),
    remark: platform,
    open: !unchanged && steps.filter(({ action }) => action !== 'none').length <= maxUnfolded,
    rows: steps.map(rowOf),
  };
}

function rowOf(step: Step): string {
  const { id, node, action, reason, error } = step;
  const why = error ? `${reason}: ${error.message}${error.remedy ? ` (${error.remedy})` : ''}` : reason;
  const remark = before(step);
  return row(
    error ? 'error' : action,
    error ? 'not seen' : words[action],
    withinNode(node, id),
    `${why}${sinceText(step)}`,
    { code: codeOf(step), ...(remark !== undefined && { remark }) },
  );
}

/** The lines that change say more than the digests of them. */
function codeOf({ action, changes, diff }: Step): readonly string[] {
  if (action === 'none') return [];
  return diff?.trimEnd().split('\n') ?? changes.map(changeOf);
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

/** More names of steps than anybody reads on a line. */
const maxNames = 2;

/** What a step that changes something waits for; of the others nobody asks. */
function before({ node, action, needs, after = [] }: Step): string | undefined {
  const ids = [...needs, ...after].map((id) => withinNode(node, id));
  if (action === 'none' || ids.length === 0) return undefined;
  const more = ids.length > maxNames ? ` and ${ids.length - maxNames} more` : '';
  return `after ${ids.slice(0, maxNames).join(', ')}${more}`;
}

/** In words, for a sentence. */
function counts(steps: readonly Step[]): string {
  const parts = countsOf(steps).map(([, text]) => text);
  return parts.length === 1 && steps.every(({ action }) => action === 'none')
    ? `no changes, ${parts.join('')}`
    : parts.join(', ');
}

/** How many of which fate, with the class of its badge. */
function countsOf(steps: readonly Step[]): readonly (readonly [tone: string, text: string])[] {
  const equal = steps.filter(({ action }) => action === 'none').length;
  const broken = steps.filter(({ error }) => error !== undefined).length;
  const later = steps.filter(({ action, error }) => action === 'unknown' && !error).length;
  const parts = [
    ['update', steps.length - equal - broken - later, 'to change'],
    ['unknown', later, 'later'],
    ['error', broken, 'not observed'],
    ['none', equal, 'in sync'],
  ] as const;
  return parts.flatMap(([tone, count, what]) => (count > 0 ? [[tone, `${count} ${what}`] as const] : []));
}
