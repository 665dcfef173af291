import { clusterRows } from '../../../src/sandbox/cluster/rows/index.ts';
import type { CmdletRow, StandIn } from '../../../src/sandbox/node/backing.ts';
import type { FaultName } from '../../../src/sandbox/node/faults.ts';

const arguments_: Readonly<Record<string, string>> = {
  'Debug-FileShare': '-Name images',
  'Debug-StorageSubSystem': "-StorageSubSystemFriendlyName 'Clustered*'",
  'Get-SmbShareAccess': '-Name images',
  'Debug-Volume': '-FileSystemLabel Volume1',
};
/** A name has to be given, or PowerShell 7 has no such cmdlet. */
const others = ['Resolve-DnsName', 'Test-ADServiceAccount', 'Test-ComputerSecureChannel'];

/** Every cmdlet of the cluster that prints all it has. */
export const clusterCmdlets = Object.keys(clusterRows).filter((name) => !others.includes(name));

const on: readonly FaultName[] = ['sto-18-repair', 'sto-19-faults', 'sto-19-warning', 'storage-degraded'];

/** A node of a cluster with faults, so that no list is empty that need not be. */
export function withClusterFaults(node: StandIn): StandIn {
  return { ...node, faults: { isOn: (name) => on.includes(name) } };
}

/** PowerShell that asks the model at this place, and gives of each object its properties as text. */
export function questionOf(
  name: string,
  environment: Readonly<Record<'ORIEL_SANDBOX_MODEL' | 'ORIEL_SANDBOX_TOKEN', string>>,
): string {
  const places = ['ORIEL_SANDBOX_MODEL', 'ORIEL_SANDBOX_TOKEN'] as const;
  const before = places.map((each) => `$${each} = $env:${each}; $env:${each} = '${environment[each]}'`);
  const after = places.map((each) => `$env:${each} = $${each}`);
  const properties =
    '$t = [ordered]@{}; foreach ($p in $_.PSObject.Properties) { $t[$p.Name] = "$($p.Value)" }; $t';
  return `${before.join('; ')}; try { ${name} ${arguments_[name] ?? ''} | ForEach-Object { ${properties} } } finally { ${after.join('; ')} }`;
}

/** The same rows as text; what has objects in it is left out on both sides. */
export function asTexts(rows: readonly CmdletRow[], told: unknown): readonly [unknown, unknown] {
  const isPlain = (value: unknown): boolean =>
    [value].flat().every((each) => each === null || typeof each !== 'object');
  const plain = rows.map((row) => Object.entries(row).filter(([, value]) => isPlain(value)));
  const expected = plain.map((row) => Object.fromEntries(row.map(([key, value]) => [key, textOf(value)])));
  const found = (told as readonly CmdletRow[]).map((row, index) =>
    Object.fromEntries(Object.entries(row).filter(([key]) => plain[index]?.some(([name]) => name === key))),
  );
  return [expected, found];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}
