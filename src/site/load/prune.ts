import type { z } from 'zod';
import type { SiteFragment } from '../grammar/site.ts';

/**
 * Plain data without everything that the grammar refused, so that the rules across keys can still look at the rest. A list
 * with a bad item goes as a whole: the places of its items must not shift. What has a bad name stays.
 */
export function prune<Rest = SiteFragment>(data: unknown, issues: readonly z.core.$ZodIssue[]): Rest {
  const copy = structuredClone(data);
  for (const issue of issues) {
    if (issue.code === 'invalid_key') continue;
    const removed =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of removed) remove(copy, path);
  }
  return (typeof copy === 'object' && copy !== null ? copy : {}) as Rest;
}

function remove(root: unknown, path: readonly PropertyKey[]): void {
  let holder = root;
  for (const [index, step] of path.entries()) {
    if (typeof holder !== 'object' || holder === null) return;
    const next = Reflect.get(holder, step);
    if (index === path.length - 1 || Array.isArray(next)) {
      Reflect.deleteProperty(holder, step);
      return;
    }
    holder = next;
  }
}
