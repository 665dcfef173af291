import { type Finding, firstFailure, type NodeFindings } from '../../session/examine/finding.ts';
import type { CheckResult } from '../checks/check-report.ts';
import { json } from '../json.ts';
import { oneLine } from '../visible.ts';
import { storageData, storageText } from './storage.ts';

const colours: Readonly<Record<Finding['verdict'], string>> = {
  pass: '32',
  warn: '33',
  fail: '31',
  skip: '2',
};

/** What was found on the nodes of a site: a group for each node with one line for each layer, and below what is not well why and what to do; then the storage. */
export function doctorText(
  nodes: readonly NodeFindings[],
  coloured: boolean,
  storage: readonly CheckResult[] = [],
): string {
  const paint = (verdict: Finding['verdict']): string =>
    coloured ? `\u001b[${colours[verdict]}m${verdict}\u001b[0m` : verdict;
  const groups = nodes.map(({ node, via, findings }) =>
    [`${oneLine(node)} (${via})`, ...findings.flatMap((finding) => linesOf(finding, paint))].join('\n'),
  );
  const last = storage.length > 0 ? [storageText(storage)] : [];
  return [...groups, totalOf(nodes), ...last].join('\n\n');
}

function linesOf(
  { layer, verdict, message, cause, remedy, command }: Finding,
  paint: (verdict: Finding['verdict']) => string,
): readonly string[] {
  const first = `  ${paint(verdict)}  ${layer.padEnd(14)}  ${oneLine(message)}`;
  if (verdict === 'pass' || verdict === 'skip') return [first];
  const more = [
    ['cause', cause],
    ['remedy', remedy],
    ['command', command],
  ] as const;
  return [
    first,
    ...more.flatMap(([name, text]) =>
      text === undefined ? [] : [`        ${name.padEnd(14)}  ${oneLine(text)}`],
    ),
  ];
}

function totalOf(nodes: readonly NodeFindings[]): string {
  const failed = nodes.flatMap((node) => {
    const first = firstFailure(node);
    return first ? [`${node.node} fails at ${first.layer}`] : [];
  });
  const warnings = nodes
    .flatMap(({ findings }) => findings)
    .filter(({ verdict }) => verdict === 'warn').length;
  const words = failed.length > 0 ? failed.join(', ') : `no failure on ${nodes.length} nodes`;
  return oneLine(`doctor: ${words}${warnings > 0 ? `; ${warnings} warnings` : ''}`);
}

/** The same for programs (docs/reference/nodes/doctor.md). */
export function doctorJson(
  deployment: string,
  nodes: readonly NodeFindings[],
  storage: readonly CheckResult[] = [],
): string {
  const ok = nodes.every((node) => firstFailure(node) === undefined);
  return json(
    {
      deployment,
      ok,
      nodes: nodes.map((node) => ({
        node: node.node,
        via: node.via,
        ok: firstFailure(node) === undefined,
        first: firstFailure(node)?.layer ?? null,
        layers: node.findings,
      })),
      storage: storageData(storage),
    },
    2,
  );
}
