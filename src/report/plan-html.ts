import { byNode } from '../by-node.ts';
import type { Action, Change, Interruption, Plain, Plan, Step } from '../plan/plan.ts';
import { interruptionText, sinceText } from './outlook-words.ts';
import { oneLine } from './visible.ts';

const style = `
:root { color-scheme: light dark; --dim: #767676; --line: #8884; --come: #1a7f37; --go: #cf222e; --set: #9a6700 }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
h1 { font-size: 1.4rem } p { color: var(--dim) }
details { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.2rem }
summary { cursor: pointer; padding: .4rem 0 } summary b { display: inline-block; min-width: 12rem }
table { border-collapse: collapse; margin: 0 0 1rem 1.2rem; width: calc(100% - 1.2rem) }
td { padding: .15rem .8rem .15rem 0; vertical-align: top; overflow-wrap: anywhere }
td:first-child { width: 5rem } code { font-size: .88em } .none { color: var(--dim) }
.create td:first-child { color: var(--come) } .remove td:first-child, .error td, .error { color: var(--go) }
.update td:first-child, .run td:first-child, .unknown td:first-child { color: var(--set) }
@media print { details { content-visibility: visible } }
`;

const words: Readonly<Record<Action, string>> = {
  none: 'as wanted',
  create: 'create',
  update: 'update',
  remove: 'remove',
  run: 'run',
  unknown: 'later',
};

/** A plan as one HTML page without scripts or anything from elsewhere: a line for each node, its steps folded below it. */
export function planHtml({ deployment, release, created, nodes, steps, interruptions = [] }: Plan): string {
  const own = byNode(steps);
  const outages = byNode(interruptions);
  const title = safe(`${deployment}, OpenStack ${release}`);
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>Plan: ${title}</title><style>${style}</style></head><body>`,
    `<h1>${title}</h1>`,
    `<p>What <code>oriel apply</code> would change, seen ${safe(created)}: ${safe(counts(steps))} on ${nodes.length} nodes.`,
    '“later”: decided when what it depends on has changed.</p>',
    ...nodes.map((node) => nodeOf(node, own.get(node.name) ?? [], outages.get(node.name) ?? [])),
    '</body></html>',
    '',
  ].join('\n');
}

function nodeOf(
  { name, platform, error }: Plan['nodes'][number],
  steps: readonly Step[],
  outages: readonly Interruption[],
): string {
  const head = `<b>${safe(name)}</b> `;
  if (error !== undefined)
    return `<details><summary class="error">${head}not reached</summary><p>${safe(error)}</p></details>`;
  const rows = steps.map(rowOf).join('\n');
  const summary = `${head}${safe(counts(steps))}${outages.map((one) => safe(`; ${interruptionText(one)}`)).join('')} <span class="none">${safe(platform)}</span>`;
  return `<details><summary>${summary}</summary><table>\n${rows}\n</table></details>`;
}

function rowOf(step: Step): string {
  const { kind, name, action, reason, changes, error } = step;
  const why = error ? `${reason}: ${error.message}${error.remedy ? ` (${error.remedy})` : ''}` : reason;
  const differences =
    action === 'none' || changes.length === 0 ? '' : `<br>${changes.map(changeOf).join('<br>')}`;
  const word = error ? 'not seen' : words[action];
  const cells = [
    word,
    `<code>${safe(`${kind}/${name}`)}</code>`,
    `${safe(`${why}${sinceText(step)}`)}${differences}${before(step)}`,
  ];
  return `<tr class="${error ? 'error' : action}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function changeOf({ property, from, to }: Change): string {
  return `<code>${safe(property)}: ${safe(show(from))} → ${safe(show(to))}</code>`;
}

function show(value: Plain): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
}

function counts(steps: readonly Step[]): string {
  const equal = steps.filter(({ action }) => action === 'none').length;
  const broken = steps.filter(({ error }) => error !== undefined).length;
  const later = steps.filter(({ action, error }) => action === 'unknown' && !error).length;
  const pending = steps.length - equal - broken - later;
  if (steps.length === equal) return `no changes, ${equal} as wanted`;
  const failed = broken > 0 ? `, ${broken} not observed` : '';
  return `${pending} to change, ${later} later, ${equal} as wanted${failed}`;
}

/** What a step that changes something waits for; of the others nobody asks. */
function before({ node, action, needs, after = [] }: Step): string {
  const ids = [...needs, ...after].map((id) => (id.startsWith(`${node}/`) ? id.slice(node.length + 1) : id));
  return action === 'none' || ids.length === 0
    ? ''
    : `<br><span class="none">after ${safe(ids.join(', '))}</span>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function safe(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
