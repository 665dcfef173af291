import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages } from '../../scripts/check/documents/markdown.ts';
import { sitePage, sitePath } from '../../scripts/docs/site-page.ts';
import { terminalPicture } from '../../scripts/docs/terminal-picture.ts';

const all = pages('.');
const known = new Set(all.map(({ path }) => path));

test('links between pages follow them to the site, and those to other files become their path', () => {
  const text =
    '[a](../../SECURITY.md#x) [b](schemas/plan.schema.json) [`c`](../../examples/clock) [d](../../Makefile)';
  expect(sitePage({ path: 'docs/reference/files.md', text }, known)).toBe(
    '[a](../project/security.md#x) [b](./schemas/plan.schema.json) `c` `Makefile`',
  );
  const block = '```sh\n[a](../../SECURITY.md)\n```';
  expect(sitePage({ path: 'docs/reference/files.md', text: block }, known)).toBe(block);
});

test('each page of the guide is in the menu of the site, and each entry of the menu is a page', () => {
  const menu = readFileSync('scripts/docs/.vitepress/config.ts', 'utf8');
  const entries = [...menu.matchAll(/'\/([a-z/-]+)'/g)].map(([, path]) => `${path}.md`);
  const paths = all.map(({ path }) => sitePath(path));
  expect(entries.filter((entry) => !paths.includes(entry))).toEqual([]);
  const guide = paths.filter((path) => /^(how-to|explanation|reference)\//.test(path));
  expect(guide.filter((path) => !entries.includes(path))).toEqual([]);
});

test('a picture of a terminal holds its lines as text', () => {
  const picture = terminalPicture(['$ oriel plan <x>', '  ~  a  b & c']);
  expect(picture).toContain('xml:space="preserve">  ~  a  b &amp; c</text>');
  expect(picture).toContain('oriel plan &lt;x&gt;');
});
