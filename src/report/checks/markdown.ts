import { oneLine } from '../visible.ts';
import type { CheckReport, CheckResult } from './check-report.ts';
import { byWorst, countsOf } from './worst-first.ts';

/** Checks as Markdown (CommonMark) for a ticket: what did not pass, the worst first, with cause and remedy, and how many came to what. */
export function checksMarkdown({ verb, deployment, release, results }: CheckReport): string {
  const counted = countsOf(results).map(([verdict, count]) => `${count} ${verdict}`);
  const [first] = results.flatMap(({ started }) => started ?? []).sort();
  const when = first === undefined ? '' : `, begun ${first}`;
  const loud = byWorst(results).filter(({ verdict }) => verdict !== 'pass');
  const sections = [...new Set(loud.map(({ verdict }) => verdict))].map((verdict) => {
    const own = loud.filter((result) => result.verdict === verdict);
    return [`### ${verdict}`, '', ...own.map(itemOf), ''].join('\n');
  });
  return [
    `## ${escaped(`${verb} ${deployment}`)}: ${counted.join(', ') || 'no checks'}`,
    '',
    `OpenStack ${escaped(release)}${when}`,
    '',
    ...sections,
  ].join('\n');
}

function itemOf({ node, check, message, cause, remedy }: CheckResult): string {
  const more = [
    ['cause', cause],
    ['remedy', remedy],
  ].flatMap(([name, text]) => (text === undefined ? [] : [`  - ${name}: ${escaped(text)}`]));
  return [`- **${escaped(node)}** ${escaped(check)}: ${escaped(message)}`, ...more].join('\n');
}

/** What a ticket system takes for a person or another ticket, and HTML. */
const entities: Readonly<Record<string, string>> = { '@': '&#64;', '#': '&#35;', '<': '&lt;', '&': '&amp;' };

/** Text of anybody as Markdown that shows it: any ASCII punctuation may stand behind a backslash (CommonMark 2.4). */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]()>+!|~$:-]/g, (character) => `\\${character}`)
    .replace(/[@#<&]/g, (character) => entities[character] ?? character);
}
