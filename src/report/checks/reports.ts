import type { Fact } from '../../events/events.ts';
import { type Verdict, verdicts } from '../../events/status.ts';
import { json } from '../json.ts';
import { table } from '../table.ts';
import { oneLine } from '../visible.ts';
import { junit } from './junit.ts';

/** Checks that have ended, and what of. */
export interface CheckReport {
  readonly verb: string;
  readonly deployment: string;
  readonly release: string;
  readonly results: readonly Extract<Fact, { kind: 'check-finished' }>[];
}

export type CheckFormat = 'human' | 'json' | 'junit';

/** Checks as text: what did not pass with what to do about it, and how many came to what; as JSON; as JUnit XML. */
export const checkReports: Readonly<Record<CheckFormat, (report: CheckReport) => string>> = {
  human({ verb, results }) {
    const rows = results
      .filter(({ verdict }) => verdict !== 'pass')
      .flatMap(({ verdict, node, check, message, remedy }) => [
        [verdict, node, check, message],
        ...(remedy === undefined ? [] : [['', '', '', remedy]]),
      ]);
    const counted = countsOf(results).map(([verdict, count]) => `${count} ${verdict}`);
    const total = `${verb}: ${counted.join(', ') || 'no checks'}`;
    return rows.length > 0 ? `${table(rows)}\n${total}` : total;
  },
  json({ deployment, release, results }) {
    const checks = results.map(({ kind: _, ...check }) => check);
    const ok = results.every(({ verdict }) => verdict !== 'fail');
    return json({ deployment, release, ok, counts: Object.fromEntries(countsOf(results)), checks }, 2);
  },
  junit: ({ verb, deployment, results }) => junit(`oriel ${verb} ${deployment}`, results),
};

/** Verdicts that occur, with their number. */
function countsOf(results: CheckReport['results']): readonly (readonly [Verdict, number])[] {
  return verdicts.flatMap((verdict) => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return count > 0 ? [[verdict, count] as const] : [];
  });
}

/** A check in words: what it tries, why, after what, and what to do when it fails. */
export function describeCheck(check: {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly needs: readonly string[];
  readonly remedy?: string;
}): string {
  const { id, title, why, needs, remedy } = check;
  const rows = [
    ['why', why],
    ...(needs.length > 0 ? [['needs', needs.join(', ')]] : []),
    ...(remedy === undefined ? [] : [['when it fails', remedy]]),
  ];
  return `${oneLine(id)}: ${oneLine(title)}\n${table(rows, '  ')}`;
}
