import { oneLine } from './visible.ts';

const style = `
:root { color-scheme: light dark; --dim: #767676; --line: #8884; --come: #1a7f37; --go: #cf222e; --set: #9a6700 }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
h1 { font-size: 1.4rem } p, label { color: var(--dim) } label { margin-right: 2rem }
details { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.2rem }
summary { cursor: pointer; padding: .4rem 0; display: flex; gap: 1rem }
summary::before { content: "\\25b8"; width: .6rem; flex: none } details[open] > summary::before { content: "\\25be" }
summary b { flex: 0 0 11rem; overflow-wrap: anywhere } summary span { flex: 1 } summary span + span { flex: 1.6 }
table { border-collapse: collapse; table-layout: fixed; margin: 0 0 1rem 1.6rem; width: calc(100% - 1.6rem) } details p { margin: 0 0 .4rem 1.6rem }
td { padding: .15rem .8rem .15rem 0; vertical-align: top; overflow-wrap: anywhere }
td:first-child { width: 5rem } td:nth-child(2) { width: 16rem } code { font-size: .88em } .none { color: var(--dim) }
.create td:first-child { color: var(--come) } .remove td:first-child, .error td, .error { color: var(--go) }
.update td:first-child, .run td:first-child, .unknown td:first-child { color: var(--set) }
body:has(#nodes:not(:checked)) details.none, body:has(#steps:not(:checked)) tr.none { display: none }
@media print { details { content-visibility: visible } }
`;

/** One node on a page: a line, and below it, folded, a table. */
export interface Fold {
  /** `none`: nothing happens there, and it can be hidden; `error`: it stands out. */
  readonly tone: 'none' | 'error' | 'plain';
  /** Text; the first is the name of the node. */
  readonly head: readonly string[];
  readonly remark?: string;
  /** Made by `row`. */
  readonly rows: readonly string[];
}

/**
 * One HTML page without scripts or anything from elsewhere. Where some nodes have nothing to tell, these are hidden until
 * a box is ticked: of hundreds of nodes the few that matter are seen at once. A browser that does not know `:has` shows all.
 */
export function page(title: string, lead: readonly string[], folds: readonly Fold[]): string {
  const unchanged = folds.filter(({ tone }) => tone === 'none').length;
  const loud = folds.length - unchanged;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${safe(title)}</title><style>${style}</style></head><body>`,
    `<h1>${safe(title)}</h1>`,
    ...lead.map((text) => `<p>${safe(text)}</p>`),
    box('nodes', `nodes without changes (${unchanged})`, loud === 0),
    box('steps', 'steps that are in sync', loud === 0),
    ...folds.map(foldOf),
    '</body></html>',
    '',
  ].join('\n');
}

/** A row of a table: a word that is coloured by `tone`, a thing, and lines about it, of which all but the first are code or remarks. */
export function row(
  tone: string,
  word: string,
  thing: string,
  text: string,
  more: { readonly code?: readonly string[]; readonly remark?: string } = {},
): string {
  const code = (more.code ?? []).map((line) => `<br><code>${safe(line)}</code>`).join('');
  const remark = more.remark === undefined ? '' : `<br><span class="none">${safe(more.remark)}</span>`;
  const cells = [safe(word), `<code>${safe(thing)}</code>`, `${safe(text)}${code}${remark}`];
  return `<tr class="${tone}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function box(id: string, label: string, ticked: boolean): string {
  return `<label><input type="checkbox" id="${id}"${ticked ? ' checked' : ''}> ${safe(label)}</label>`;
}

function foldOf({ tone, head: [name = '', ...texts], remark, rows }: Fold): string {
  const spans = texts.map((text) => `<span>${safe(text)}</span>`).join('');
  const body = [
    ...(remark === undefined ? [] : [`<p>${safe(remark)}</p>`]),
    ...(rows.length > 0 ? [`<table>\n${rows.join('\n')}\n</table>`] : []),
  ];
  return `<details class="${tone}"><summary><b>${safe(name)}</b>${spans}</summary>${body.join('')}</details>`;
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
