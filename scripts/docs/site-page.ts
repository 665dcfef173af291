import { dirname, join, normalize, relative } from 'node:path';
import type { Page } from '../check/documents/markdown.ts';

/** Where a page of the repository is on the site: docs is its root, and pages of the repository's root are below `project`. */
export function sitePath(path: string): string {
  if (path === 'docs/README.md') return 'index.md';
  return path.startsWith('docs/') ? path.slice('docs/'.length) : join('project', path.toLowerCase());
}

/**
 * A page as the site has it: links between pages follow them there, and links to files that are no pages become their path in
 * code, because the site does not hold the repository.
 */
export function sitePage({ path, text }: Page, known: ReadonlySet<string>): string {
  const link = (whole: string, words: string, target: string, anchor = ''): string => {
    if (/^[a-z]+:/.test(target) || target === '') return whole;
    const at = normalize(join(dirname(path), target));
    if (known.has(at)) return `[${words}](${relativeTo(path, sitePath(at))}${anchor})`;
    if (at.startsWith('docs/') && /\.\w+$/.test(at)) return `[${words}](${relativeTo(path, sitePath(at))})`;
    if (at === 'docs/adr') return `[${words}](${relativeTo(path, 'adr/0001-dependencies.md')})`;
    return words.includes('`') ? words : `\`${at}\``;
  };
  const parts = text.split(/(^ *```[\s\S]*?^ *```$)/m);
  return parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/\[([^\]]+)\]\(([^)#\s]*)(#[^)\s]*)?\)/g, link),
    )
    .join('');
}

function relativeTo(from: string, target: string): string {
  const path = relative(dirname(sitePath(from)), target);
  return path.startsWith('.') ? path : `./${path}`;
}
