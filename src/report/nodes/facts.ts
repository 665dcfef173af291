import type { NodeFacts } from '../../doctor/facts/facts.ts';
import { table } from '../table.ts';
import { bytesText } from '../units.ts';
import { oneLine } from '../visible.ts';

/** What each node is: a group for each, a row for each fact. */
export function factsText(nodes: readonly NodeFacts[]): string {
  return nodes
    .map((facts) => `${oneLine(facts.node)}\n${table(rowsOf(facts), { indent: '  ' })}`)
    .join('\n\n');
}

function rowsOf(facts: NodeFacts): readonly (readonly string[])[] {
  return [
    ['computer', text(facts.computer)],
    ['windows', words(facts.os, facts.build, facts.edition, facts.installation, facts.architecture)],
    ['powershell', words(facts.powershell, facts.dotNet && `.NET Framework ${facts.dotNet}`)],
    ['machine', machineOf(facts)],
    ...(facts.disks ?? []).map(({ drive, size, free }) => [
      'disk',
      `${drive} ${bytesText(free)} free of ${bytesText(size)}`,
    ]),
    ['addresses', listed(facts.addresses)],
    [facts.inDomain ? 'domain' : 'workgroup', text(facts.domain)],
    [
      'account',
      words(facts.user, facts.elevated === null ? null : facts.elevated ? 'elevated' : 'not elevated'),
    ],
    ['features', listed(facts.features)],
    ['restart', facts.restart?.length === 0 ? 'none pending' : listed(facts.restart)],
    ['booted', text(facts.booted)],
    ['time', words(facts.time, facts.timeZone)],
    ...(facts.products ?? []).map(({ name, version, productCode }) => [
      'product',
      `${name} ${version} ${productCode}`,
    ]),
    ...(facts.services ?? []).map(({ name, status, startMode, account }) => [
      'service',
      words(name, status, startMode ?? null, account ?? null),
    ]),
    ...Object.entries(facts.unknown).map(([what, reason]) => ['not told', `${what}: ${reason}`]),
  ];
}

function machineOf({ memory, processor, sockets, logicalProcessors }: NodeFacts): string {
  const processors = logicalProcessors === null ? null : `${logicalProcessors} logical processors`;
  return words(
    memory === null ? null : `${bytesText(memory)} memory`,
    processors && sockets !== null ? `${processors} on ${sockets} sockets` : processors,
    processor,
  );
}

function words(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(', ') || '-';
}

function text(value: string | null): string {
  return value ?? '-';
}

function listed(values: readonly string[] | null): string {
  if (values === null) return '-';
  return values.join(', ') || 'none';
}
