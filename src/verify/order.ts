import { InternalError } from '../errors.ts';
import type { Check } from './check.ts';

/** Checks with each after what it needs, else in their order. Throws InternalError: an id twice or unknown, or a circle. */
export function inOrder(checks: readonly Check[]): readonly Check[] {
  const byId = new Map(checks.map((check) => [check.id, check]));
  if (byId.size < checks.length) throw new InternalError('two checks have the same id');
  const ordered = new Set<Check>();
  const visit = (check: Check, path: readonly string[]): void => {
    if (ordered.has(check)) return;
    if (path.includes(check.id)) throw new InternalError(`the check ${check.id} needs itself`);
    for (const id of check.needs) {
      const needed = byId.get(id);
      if (!needed) throw new InternalError(`the check ${check.id} needs ${id}, which is no check`);
      visit(needed, [...path, check.id]);
    }
    ordered.add(check);
  };
  for (const check of checks) visit(check, []);
  return [...ordered];
}

/** What runs at once: checks next to each other that may, and of which none needs another; all others alone. */
export function groupsOf(checks: readonly Check[]): readonly (readonly Check[])[] {
  const groups: Check[][] = [];
  for (const check of checks) {
    const last = groups.at(-1);
    const joins =
      check.concurrent && last?.every(({ concurrent, id }) => concurrent && !check.needs.includes(id));
    if (joins) last?.push(check);
    else groups.push([check]);
  }
  return groups;
}
