import type { CheckResult } from './check-report.ts';

/** The results of one check on all nodes. */
export interface CheckGroup {
  /** Component and name, with `*` for the name of a node: `clock/read/*`. */
  readonly name: string;
  readonly title?: string;
  readonly results: readonly CheckResult[];
}

/** Results by check, in the order in which they came; what differs by the name of a node alone is one check. */
export function checkGroups(results: readonly CheckResult[]): readonly CheckGroup[] {
  const nodes = new Set(results.map(({ node }) => node));
  const groups = new Map<string, CheckResult[]>();
  for (const result of results) {
    const name = result.check
      .split('/')
      .map((part) => (nodes.has(part) ? '*' : part))
      .join('/');
    const own = groups.get(name);
    if (own) own.push(result);
    else groups.set(name, [result]);
  }
  return [...groups].map(([name, own]) => {
    const title = own[0]?.title;
    return { name, results: own, ...(title !== undefined && { title }) };
  });
}
