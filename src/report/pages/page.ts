import { createHash } from 'node:crypto';
import { oneLine } from '../visible.ts';
import { script } from './script.ts';
import { style } from './style.ts';

const policy = [
  `default-src 'none'`,
  `style-src '${digest(style)}'`,
  `script-src '${digest(script)}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

/**
 * One HTML page that needs nothing from elsewhere. Its policy allows one style sheet and one script by their digests and nothing else,
 * so that no text of a node can become either. `lead` and `body` are HTML: made by `safe` and the functions beside it.
 */
export function page(title: string, lead: readonly string[], body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<title>${safe(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${safe(title)}</h1>`,
    ...lead.map((html) => `<p class="lead">${html}</p>`),
    ...body,
    `</main><script>${script}</script></body></html>`,
    '',
  ].join('\n');
}

/** Unfold, fold and find; shown where the script runs. */
export const tools =
  '<div class="tools" id="tools" hidden><button id="unfold" type="button">Expand all</button><button id="fold" type="button">Fold all</button><input id="find" type="search" placeholder="Find" aria-label="Find"></div>';

/** A box that shows or hides something by the style sheet alone. `label` is text. */
export function box(id: string, label: string, count: number, ticked: boolean): string {
  return `<label><input type="checkbox" id="${id}"${ticked ? ' checked' : ''}> ${safe(label)} <b>${count}</b></label>`;
}

/** A point in time: in UTC, and in the zone of the reader where the script runs. */
export function time(iso: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(iso)) return safe(iso);
  return `<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** A word on a coloured ground; `tone` is a class of the style sheet. */
export function badge(tone: string, word: string): string {
  return `<b class="badge ${tone}">${safe(word)}</b>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of anybody as HTML, for an element or a value in quotes. */
export function safe(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function digest(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
