import { byNode } from '../../by-node.ts';
import type { Plain } from '../../resources/model/state.ts';
import { badge, box, page, safe, time, tools } from '../pages/page.ts';
import { secondsText } from '../units.ts';
import type { CheckReport, CheckResult } from './check-report.ts';
import { latencyIn, latencySvg } from './latency.ts';
import { type CheckGroup, checkGroups } from './matrix.ts';
import { byWorst, countsOf, worstFirst, worstOf } from './worst-first.ts';

/** Characters of a value of evidence that are shown; the rest is in the JSON report. */
const maxValueLength = 160;
/** Entries of evidence that are shown. */
const maxEntries = 24;

/**
 * Checks as one HTML page: nodes by checks with a badge for each verdict, then every result, the worst first, with cause, remedy and
 * evidence. Of 20 nodes with all checks it has less than 400 kB.
 */
export function checksHtml({ verb, deployment, release, results }: CheckReport): string {
  const groups = checkGroups(results);
  const ids = new Map(results.map((result, index) => [result, `r${index}`]));
  const counts = new Map(countsOf(results));
  const boxes = worstFirst.map((verdict) => box(`v-${verdict}`, verdict, counts.get(verdict) ?? 0, true));
  return page(`${verb} ${deployment}`, leadOf(release, results), [
    `<div class="tools">${boxes.join('')}</div>`,
    tools,
    ...(results.length > 0 ? ['<h2>Checks and nodes</h2>', matrix(groups, results, ids)] : []),
    '<h2>Results</h2>',
    ...byWorst(groups.map((group) => ({ ...group, verdict: worstOf(group.results) }))).map((group) =>
      groupOf(group, ids),
    ),
  ]);
}

type Ids = ReadonlyMap<CheckResult, string>;

function leadOf(release: string, results: readonly CheckResult[]): readonly string[] {
  const begun = results.flatMap(({ started }) => started ?? []).sort();
  const ended = results.flatMap(({ started, seconds }) =>
    started === undefined ? [] : [Date.parse(started) + seconds * 1000],
  );
  const nodes = new Set(results.map(({ node }) => node)).size;
  const [first] = begun;
  const took = first === undefined ? 0 : (Math.max(...ended) - Date.parse(first)) / 1000;
  const when = first === undefined ? '' : `, begun ${time(first)}, ended after ${secondsText(took)}`;
  const verdict = worstOf(results);
  const words = countsOf(results).map(([one, count]) => `${count} ${one}`);
  return [
    `${badge(verdict, verdict)} ${words.join(', ') || 'no checks'}`,
    `OpenStack ${safe(release)}, ${results.length} checks on ${nodes} nodes${when}.`,
  ];
}

function matrix(groups: readonly CheckGroup[], results: readonly CheckResult[], ids: Ids): string {
  const nodes = [...byNode(results).keys()];
  const head = nodes.map((node) => `<th scope="col">${safe(node)}</th>`).join('');
  const rows = groups.map((group) => {
    const own = byNode(group.results);
    const cells = nodes.map((node) => cellOf(node, own.get(node) ?? [], ids)).join('');
    const title = group.title === undefined ? '' : `<br><small>${safe(group.title)}</small>`;
    return `<tr class="item ${worstOf(group.results)}"><th scope="row">${safe(group.name)}${title}</th>${cells}</tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Checks and nodes"><table class="matrix"><thead><tr><th scope="col">check</th>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** The worst of the results of one check on one node, and how many there are. */
function cellOf(node: string, results: readonly CheckResult[], ids: Ids): string {
  const [worst] = byWorst(results);
  if (!worst) return '<td></td>';
  const count = results.length > 1 ? ` ×${results.length}` : '';
  return `<td><a class="badge ${worst.verdict}" href=#${ids.get(worst)}><i>${safe(node)}</i>${worst.verdict}${count}</a></td>`;
}

function groupOf({ name, title = '', results }: CheckGroup, ids: Ids): string {
  const verdict = worstOf(results);
  const counts = countsOf(results).map(([one, count]) =>
    badge(one, results.length === 1 ? one : `${count} ${one}`),
  );
  const open = verdict === 'fail' || verdict === 'warn' ? ' open' : '';
  const rows = byWorst(results).map((result) => rowOf(result, ids.get(result) ?? ''));
  return `<details class="item ${verdict}"${open}><summary><b>${safe(name)}</b>${counts.join('')}<span>${safe(title)}</span></summary><div class="inside">\n${rows.join('\n')}\n</div></details>`;
}

function rowOf(result: CheckResult, id: string): string {
  const { node, verdict, message, seconds, cause, remedy, evidence } = result;
  const told = [
    ['cause', cause],
    ['remedy', remedy],
  ].flatMap(([name, text]) => (text === undefined ? [] : [`<p><b>${name}</b> ${safe(text)}</p>`]));
  const latency = latencyIn(evidence);
  const plot = latency ? latencySvg(latency) : '';
  return `<div class="row ${verdict}" id=${id}><i>${verdict}</i><b>${safe(node)}</b>${safe(message)} <small>${secondsText(seconds)}</small>${told.join('')}${plot}${evidenceOf(evidence)}</div>`;
}

function evidenceOf(evidence: CheckResult['evidence']): string {
  const entries = Object.entries(evidence).filter(([name]) => name !== 'latency');
  if (entries.length === 0) return '';
  const shown = entries
    .slice(0, maxEntries)
    .map(([name, value]) => `<dt>${safe(name)}</dt><dd>${safe(valueText(value))}</dd>`);
  const rest = entries.length > maxEntries ? `<dt>and ${entries.length - maxEntries} more</dt><dd></dd>` : '';
  return `<details><summary>evidence</summary><dl>${shown.join('')}${rest}</dl></details>`;
}

function valueText(value: Plain): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > maxValueLength ? `${text.slice(0, maxValueLength - 3)}...` : text;
}
