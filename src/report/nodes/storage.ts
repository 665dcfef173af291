import type { CheckResult } from '../checks/check-report.ts';
import { byWorst, countsOf } from '../checks/worst-first.ts';
import { table } from '../table.ts';

/** What checks of the storage found: what is not well with what to do, what was not tried in one line for each reason, and the counts. */
export function storageText(results: readonly CheckResult[]): string {
  const bad = byWorst(results).filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
  const rows = bad.flatMap(({ verdict, node, check, message, cause, remedy }) => [
    [verdict, node, nameOf(check), message],
    ...(cause === undefined ? [] : [['', '', '', `cause: ${cause}`]]),
    ...(remedy === undefined ? [] : [['', '', '', remedy]]),
  ]);
  const counted = countsOf(results).map(([verdict, count]) => `${count} ${verdict}`);
  const all = [...rows, ...skippedRows(results)];
  return [...(all.length > 0 ? [table(all)] : []), `storage: ${counted.join(', ')}`].join('\n');
}

/** The same for programs. */
export function storageData(results: readonly CheckResult[]) {
  return {
    ok: results.every(({ verdict }) => verdict !== 'fail'),
    counts: Object.fromEntries(countsOf(results)),
    checks: results.map(({ kind: _, ...check }) => check),
  };
}

/** Checks of a node that have one reason together. */
function skippedRows(results: readonly CheckResult[]): readonly (readonly string[])[] {
  const skipped = results.filter(({ verdict }) => verdict === 'skip');
  const groups = new Map<string, readonly CheckResult[]>();
  for (const result of skipped) {
    const key = JSON.stringify([result.node, result.message]);
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const names = group.map(({ check }) => nameOf(check)).join(', ');
    return first ? [['skip', first.node, names, first.message]] : [];
  });
}

/** `STO-21/images` of `storage/STO-21/images`. */
function nameOf(check: string): string {
  return check.slice(check.indexOf('/') + 1);
}
