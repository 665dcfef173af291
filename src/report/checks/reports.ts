import { json } from '../json.ts';
import { table } from '../table.ts';
import { oneLine } from '../visible.ts';
import type { CheckReport } from './check-report.ts';
import { checksHtml } from './html.ts';
import { junit } from './junit.ts';
import { checksMarkdown } from './markdown.ts';
import { byWorst, countsOf } from './worst-first.ts';

export const checkFormats = ['human', 'json', 'junit', 'markdown', 'html'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** Checks as text: what did not pass, the worst first, with what to do about it, and how many came to what; and for programs, tickets and browsers. */
export const checkReports: Readonly<Record<CheckFormat, (report: CheckReport, width?: number) => string>> = {
  human({ verb, results }, width) {
    const rows = byWorst(results)
      .filter(({ verdict }) => verdict !== 'pass')
      .flatMap(({ verdict, node, check, message, cause, remedy }) => [
        [verdict, node, check, message],
        ...(cause === undefined ? [] : [['', '', '', `cause: ${cause}`]]),
        ...(remedy === undefined ? [] : [['', '', '', remedy]]),
      ]);
    const counted = countsOf(results).map(([verdict, count]) => `${count} ${verdict}`);
    const total = `${verb}: ${counted.join(', ') || 'no checks'}`;
    return rows.length > 0 ? `${table(rows, { width })}\n${total}` : total;
  },
  json({ deployment, release, results }) {
    const checks = results.map(({ kind: _, ...check }) => check);
    const ok = results.every(({ verdict }) => verdict !== 'fail');
    return json({ deployment, release, ok, counts: Object.fromEntries(countsOf(results)), checks }, 2);
  },
  junit: ({ verb, deployment, results }) => junit(`oriel ${verb} ${deployment}`, results),
  markdown: checksMarkdown,
  html: checksHtml,
};

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
  return `${oneLine(id)}: ${oneLine(title)}\n${table(rows, { indent: '  ' })}`;
}
