import { badge, box, page, safe, tools } from './page.ts';

/** One node on a page: a line, and below it, folded, a table. */
export interface Fold {
  /** `none`: nothing happens there, and it can be hidden; `error`: it stands out. */
  readonly tone: 'none' | 'error' | 'plain';
  /** Text; the first is the name of the node. */
  readonly head: readonly string[];
  /** How many of what, each with the class of its badge. */
  readonly counts?: readonly (readonly [tone: string, text: string])[];
  readonly remark?: string;
  /** Made by `row`. */
  readonly rows: readonly string[];
  /** Unfolded from the beginning. */
  readonly open?: boolean;
}

/**
 * A page with a fold for each node. Where some nodes have nothing to tell, these are hidden until a box is ticked: of hundreds of
 * nodes the few that matter are seen at once. A browser that does not know `:has` shows all. `lead` is HTML.
 */
export function foldedPage(title: string, lead: readonly string[], folds: readonly Fold[]): string {
  const unchanged = folds.filter(({ tone }) => tone === 'none').length;
  const quiet = folds.reduce((sum, { rows }) => sum + rows.filter(isQuiet).length, 0);
  const loud = folds.length - unchanged;
  return page(title, lead, [
    `<div class="tools">${box('nodes', 'nodes without changes', unchanged, loud === 0)}${box('steps', 'steps in sync', quiet, loud === 0)}</div>`,
    tools,
    '<h2>Nodes</h2>',
    ...folds.map(foldOf),
  ]);
}

const quietRow = '<tr class="none';

function isQuiet(row: string): boolean {
  return row.startsWith(quietRow);
}

/** A row of a table: a word in the colour of `tone`, a thing, and lines about it, of which all but the first are code or remarks. */
export function row(
  tone: string,
  word: string,
  thing: string,
  text: string,
  more: { readonly code?: readonly string[]; readonly remark?: string } = {},
): string {
  const code = (more.code ?? []).map((line) => `<br><code>${safe(line)}</code>`).join('');
  const remark = more.remark === undefined ? '' : `<br><span class="dim">${safe(more.remark)}</span>`;
  const cells = [badge(tone, word), `<code>${safe(thing)}</code>`, `${safe(text)}${code}${remark}`];
  return `<tr class="${tone}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

const heads = '<thead><tr><th>result</th><th>thing</th><th>why</th></tr></thead>';

function foldOf({ tone, head: [name = '', ...texts], counts = [], remark, rows, open }: Fold): string {
  const badges = counts.map(([kind, text]) => badge(kind, text)).join('');
  const spans = texts.filter(Boolean).map((text) => `<span>${safe(text)}</span>`);
  const body = [
    ...(remark === undefined ? [] : [`<p class="dim">${safe(remark)}</p>`]),
    ...(rows.length > 0
      ? [`<table class="steps">${heads}<tbody>\n${rows.join('\n')}\n</tbody></table>`]
      : []),
  ];
  const summary = `<summary><b>${safe(name)}</b>${badges}${spans.join('')}</summary>`;
  return `<details class="item ${tone}"${open ? ' open' : ''}>${summary}<div class="inside">${body.join('')}</div></details>`;
}
