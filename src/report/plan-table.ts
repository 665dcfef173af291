import { byNode } from '../by-node.ts';
import type { Plan, Step } from '../plan/model/plan.ts';
import type { Action } from '../resources/model/state.ts';
import { withinNode } from '../resources/model/step-id.ts';
import { interruptionText, sinceText } from './consequence-words.ts';
import { planSum } from './plan-sum.ts';
import { table, wrapped } from './table.ts';
import { oneLine } from './visible.ts';

const marks: Readonly<Record<Action, string>> = {
  none: '=',
  create: '+',
  update: '~',
  remove: '-',
  run: '>',
  unknown: '?',
};

/** SGR codes of the marks: the eye finds what goes before it reads. */
const codes: Readonly<Record<string, string>> = {
  ...{ '+': '32', '~': '33', '-': '31', '>': '36', '?': '2' },
  ...{ '=': '2', '!': '31' },
};

/** What is shown of a plan, and where. */
export interface PlanLook {
  /** Also what each step waits for. */
  readonly depends?: boolean | undefined;
  /** Also each step that is in sync, in place of their number. */
  readonly all?: boolean | undefined;
  readonly colours?: boolean | undefined;
  /** Columns of the terminal; absent: lines have any length. */
  readonly width?: number | undefined;
}

type Row = readonly string[];

/** What is said of a node, and of each other one of which just the same is true. */
interface NodeText {
  readonly heading: string;
  readonly rows: readonly Row[];
  /** Sentences below the rows. */
  readonly below: readonly string[];
  readonly inSync: boolean;
}

/** A plan for eyes: what would change on each node and why, equal nodes together, and the sum of it. */
export function planTable(plan: Plan, look: PlanLook = {}): string {
  const { deployment, release, nodes, steps, interruptions = [] } = plan;
  const own = byNode(steps);
  const outages = byNode(interruptions);
  const texts = nodes.map((node) => {
    const away = (outages.get(node.name) ?? []).map(interruptionText);
    return { node: node.name, text: textOf(node, own.get(node.name) ?? [], away, look) };
  });
  const parts = groups(texts)
    .filter(({ text }) => !text.inSync)
    .map(({ names, text }) => part(names, text, look));
  const equal = texts.filter(({ text }) => text.inSync).map(({ node }) => oneLine(node));
  const of = equal.length > 1 ? `${equal.length} nodes: ${equal.join(', ')}` : equal.join();
  const unchanged = equal.length > 0 && parts.length > 0 ? [fold(`No changes on ${of}`, look)] : [];
  const head = `${deployment}, OpenStack ${release}`;
  return [head, ...parts, ...unchanged, fold(planSum(plan), look)].join('\n\n');
}

function textOf(
  { platform, error }: Plan['nodes'][number],
  steps: readonly Step[],
  away: readonly string[],
  look: PlanLook,
): NodeText {
  if (error !== undefined)
    return { heading: 'not reached', rows: [], below: [oneLine(error)], inSync: false };
  const shown = steps.filter(({ action }) => look.all || action !== 'none');
  const equal = steps.length - shown.length;
  const count: readonly Row[] = equal > 0 ? [[marks.none, `${equal} in sync`]] : [];
  return {
    heading: oneLine(platform),
    rows: [...shown.flatMap((step) => rows(step, look.depends ?? false)), ...count],
    below: away.map(oneLine),
    inSync: shown.length === 0 && away.length === 0,
  };
}

/** Nodes of which the same is said, in the order of the first of each. */
function groups(
  texts: readonly { readonly node: string; readonly text: NodeText }[],
): readonly { readonly names: readonly string[]; readonly text: NodeText }[] {
  const found = new Map<string, { readonly names: string[]; readonly text: NodeText }>();
  for (const { node, text } of texts) {
    const key = JSON.stringify(text);
    const same = found.get(key);
    if (same) same.names.push(oneLine(node));
    else found.set(key, { names: [oneLine(node)], text });
  }
  return [...found.values()];
}

function part(
  names: readonly string[],
  { heading, rows: all, below }: NodeText,
  { colours = false, width }: PlanLook,
): string {
  const isAway = all.length === 0;
  const head = isAway ? `${names.join(', ')}: ${heading}` : `${names.join(', ')} (${heading})`;
  const body = isAway ? [] : [painted(table(all, { indent: '  ', width }), colours)];
  return [fold(head, { width }), ...body, ...below.map((text) => fold(text, { width }, '  '))].join('\n');
}

/** The marks of a table in their colours. */
function painted(text: string, colours: boolean): string {
  if (!colours) return text;
  return text.replace(
    /^ {2}([+~>!?=-])(?= {2})/gm,
    (_, mark: string) => `  \u001b[${codes[mark]}m${mark}\u001b[0m`,
  );
}

/** A sentence in the width of the terminal. */
function fold(text: string, { width = Number.POSITIVE_INFINITY }: PlanLook, indent = ''): string {
  const [first = '', ...more] = wrapped(text, width - indent.length - 2);
  return [`${indent}${first}`, ...more.map((line) => `${indent}  ${line}`)].join('\n');
}

function rows(step: Step, depends: boolean): readonly Row[] {
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

function row(step: Step): Row {
  const { id, node, action, reason, error } = step;
  const why = error ? `${reason}: ${error.message}${error.remedy ? ` (${error.remedy})` : ''}` : reason;
  return [error ? '!' : marks[action], withinNode(node, id), `${why}${sinceText(step)}`];
}
