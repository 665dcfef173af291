import type { Finding, NodeFindings } from '../session/examine/finding.ts';

/** Pure: nodes of several time zones are warned of each other, as the same local time is not the same time there. */
export function withZones(all: readonly NodeFindings[]): readonly NodeFindings[] {
  const zones = new Set(all.map(zoneOf).filter((zone) => zone !== undefined));
  if (zones.size < 2) return all;
  const mark = (finding: Finding): Finding =>
    finding.layer !== 'time-zone' || finding.verdict !== 'pass'
      ? finding
      : {
          ...finding,
          verdict: 'warn',
          message: `${finding.message}; the nodes of the site have several: ${[...zones].join(', ')}`,
          cause: 'Scheduled tasks begin at a local time, which is not the same time on all of these nodes.',
          remedy: 'Give all nodes one time zone. On the node:',
          command: `Set-TimeZone -Id '${zoneOf(all[0])?.replaceAll("'", "''")}'`,
        };
  return all.map((node) => ({ ...node, findings: node.findings.map(mark) }));
}

function zoneOf(node: NodeFindings | undefined): string | undefined {
  const zone = node?.findings.find(({ layer }) => layer === 'time-zone')?.evidence?.timeZone;
  return typeof zone === 'string' ? zone : undefined;
}
