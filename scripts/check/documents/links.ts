import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Finding } from '../check.ts';
import { anchorOf, type Page, proseOf } from './markdown.ts';

/** Links whose file is not in the repository, or whose anchor is no heading of that page. Those to other hosts are not asked. */
export function deadLinks(root: string, pages: readonly Page[]): readonly Finding[] {
  const anchors = new Map(pages.map((page) => [page.path, anchorsOf(page)]));
  return pages.flatMap((page) =>
    linksOf(page).flatMap(({ target, anchor, line }) => {
      const path = target === '' ? page.path : normalize(join(dirname(page.path), target));
      if (!existsSync(join(root, path)))
        return [{ file: page.path, line, message: `links to ${target}, which is not there` }];
      const known = anchors.get(path);
      return anchor === undefined || known === undefined || known.has(anchor)
        ? []
        : [{ file: page.path, line, message: `links to #${anchor}, which is no heading of ${path}` }];
    }),
  );
}

interface Link {
  readonly target: string;
  readonly anchor?: string;
  readonly line: number;
}

function linksOf(page: Page): readonly Link[] {
  return proseOf(page).flatMap((text, index) =>
    [...text.replace(/`[^`]*`(?!\])/g, '').matchAll(/\]\(([^)#\s]*)(?:#([^)\s]*))?\)/g)]
      .filter(([, target = '']) => !/^[a-z]+:/.test(target))
      .map(([, target = '', anchor]) => ({
        target,
        line: index + 1,
        ...(anchor !== undefined && { anchor }),
      })),
  );
}

function anchorsOf(page: Page): ReadonlySet<string> {
  const headings = proseOf(page).flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? []);
  const seen = new Map<string, number>();
  return new Set(
    headings.map((heading) => {
      const anchor = anchorOf(heading);
      const count = seen.get(anchor) ?? 0;
      seen.set(anchor, count + 1);
      return count === 0 ? anchor : `${anchor}-${count}`;
    }),
  );
}
