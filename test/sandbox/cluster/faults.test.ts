import { describe, expect, it } from 'vitest';
import { changeOf, type StorageFaultName, storageFaults } from '../../../src/sandbox/cluster/faults/index.ts';
import { wholeCluster } from '../../../src/sandbox/cluster/healthy/cluster.ts';
import { clusterRows } from '../../../src/sandbox/cluster/rows/index.ts';
import { moduleTables } from '../../../src/sandbox/powershell/modules.ts';

const names = Object.keys(storageFaults) as StorageFaultName[];

/** Checks that look at files and at what a program wrote: no cluster shows them. */
const ofFiles = [27, 36, 37, 38];

describe('what can be wrong with a storage', () => {
  it('has for each check something that makes it say so', () => {
    const verdicts = names.flatMap((name) => Object.entries(storageFaults[name].verdicts));
    const shown = new Set(verdicts.filter(([, verdict]) => verdict !== 'pass').map(([check]) => check));
    const all = Array.from({ length: 38 }, (_, index) => index + 1).filter((each) => !ofFiles.includes(each));
    expect([...shown].sort()).toEqual(all.map((number) => `STO-${String(number).padStart(2, '0')}`));
  });

  it.each(names)('%s is named after its check, and changes the cluster or the paths', (name) => {
    const { change, paths, verdicts } = storageFaults[name];
    expect(Object.keys(verdicts)).toContainEqual(
      name.startsWith('sto-30-share') ? 'STO-22' : name.slice(0, 6).toUpperCase(),
    );
    expect(
      paths !== undefined || JSON.stringify(change?.(wholeCluster)) !== JSON.stringify(wholeCluster),
    ).toBe(true);
    expect(changeOf(name)).toBe(change);
  });

  it('leaves every cmdlet with an answer', () => {
    for (const name of names)
      for (const [cmdlet, rows] of Object.entries(clusterRows))
        expect(Array.isArray(rows(changeOf(name)?.(wholeCluster) ?? wholeCluster)), `${name} ${cmdlet}`).toBe(
          true,
        );
  });
});

describe('the rows of a cluster', () => {
  it('are of cmdlets that the modules of a node have', async () => {
    const tables = [...(await moduleTables()).values()];
    const known = tables.flatMap(({ cmdlets }) => Object.keys(cmdlets));
    const missing = Object.keys(clusterRows).filter((name) => !known.includes(name));
    // Windows PowerShell has it, PowerShell 7 has not.
    expect(missing).toEqual(['Test-ComputerSecureChannel']);
  });

  it('tell one story: what a node owns, and where a client is served', () => {
    const rows = (name: string) => clusterRows[name]?.(wholeCluster) ?? [];
    expect(rows('Get-ClusterResource').map(({ OwnerNode }) => OwnerNode)).toEqual(Array(5).fill('S2D-1'));
    expect(rows('Get-SmbOpenFile')).toMatchObject([{ ClusterNodeName: 'S2D-1', ScopeName: 'SOFS1' }]);
    expect(rows('Get-SmbWitnessClient')).toMatchObject([
      { FileServerNodeName: 'S2D-1', WitnessNodeName: 'S2D-2' },
    ]);
    const names = rows('Resolve-DnsName').filter(({ Name }) => Name === 'SOFS1.example.org');
    expect(names.map(({ IPAddress }) => IPAddress)).toEqual(['10.20.0.11', '10.20.0.12']);
    expect(rows('Get-ClusterQuorum')).toMatchObject([{ QuorumResource: { State: 'Online' } }]);
  });
});
