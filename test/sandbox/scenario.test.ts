import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cmdletFunctions } from '../../src/sandbox/agent/processes/cmdlet.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { loadScenario } from '../../src/sandbox/scenario/load.ts';
import { aSimulatedNode, temporaryFolder } from './stand-ins.ts';

const { folder, remove } = await temporaryFolder();
let node: StandIn;

beforeAll(async () => {
  node = await aSimulatedNode(folder);
});
afterAll(remove);

function ask(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  select: readonly string[],
  scenario = node.scenario,
): Promise<unknown> {
  const context = { node: { ...node, scenario }, signal: new AbortController().signal, progress: () => {} };
  return cmdletFunctions['Invoke-Cmdlet']({ name, parameters, select }, context);
}

describe('the healthy cluster', () => {
  it.each([
    [
      'a share by name and scope',
      'Get-SmbShare',
      { Name: 'images', ScopeName: 'sofs1' },
      ['Path', 'ShareState'],
      [{ Path: 'C:\\ClusterStorage\\Volume1\\images', ShareState: 'Online' }],
    ],
    ['wildcards', 'Get-SmbShare', { Name: 'im*' }, ['Name'], [{ Name: 'images' }]],
    ['a wildcard without a match', 'Get-SmbShare', { Name: 'x*' }, ['Name'], []],
    [
      'lists of properties, as PowerShell does',
      'Get-ClusterSharedVolume',
      {},
      ['SharedVolumeInfo.FaultState', 'SharedVolumeInfo.Partition.FileSystem'],
      [{ 'SharedVolumeInfo.FaultState': ['NoFaults'], 'SharedVolumeInfo.Partition.FileSystem': ['CSVFS'] }],
    ],
    [
      'the name of the node that is asked',
      'Get-SmbOpenFile',
      { ScopeName: 'SOFS1' },
      ['ClientComputerName'],
      [{ ClientComputerName: 'GLANCE-1' }],
    ],
    ['rows without the property', 'Get-Cluster', {}, ['Name', 'Nothing'], [{ Name: 'S2D-CL1' }]],
    ['no job at work', 'Get-StorageJob', {}, ['Name'], []],
    [
      'switches that select nothing',
      'Get-StoragePool',
      { IsPrimordial: false, ErrorAction: 'Stop' },
      ['HealthStatus'],
      [{ HealthStatus: 'Healthy' }],
    ],
  ])('answers %s', async (_, name, parameters, select, rows) => {
    expect(await ask(name, parameters, select)).toEqual(rows);
  });

  it('knows no other share, and no cmdlet that is not on the list', async () => {
    await expect(ask('Get-SmbShare', { Name: 'none' }, [])).rejects.toMatchObject({
      category: 'ObjectNotFound',
    });
    await expect(ask('Invoke-Expression', {}, [])).rejects.toMatchObject({ kind: 'NotAllowed' });
    await expect(ask('Get-SmbShare', { Compress: true }, [])).rejects.toMatchObject({
      kind: 'NamedParameterNotFound',
    });
    await expect(ask('Get-HotFix', { Name: 'x' }, [])).rejects.toThrow('says nothing about Get-HotFix');
  });
});

describe('a scenario file', () => {
  const file = join(folder, 'scenario.yaml');

  it('replaces the answers it names and keeps the others', async () => {
    await writeFile(file, 'cmdlets:\n  Get-ClusterNode:\n    - { Name: S2D-1, State: Down }\n');
    const scenario = await loadScenario(file);
    expect(await ask('Get-ClusterNode', {}, ['State'], scenario)).toEqual([{ State: 'Down' }]);
    expect(await ask('Get-Cluster', {}, ['Name'], scenario)).toEqual([{ Name: 'S2D-CL1' }]);
  });

  it('names faults that are on from the start', async () => {
    await writeFile(file, 'faults: [share-offline, slow-agent]\n');
    expect((await loadScenario(file)).faults).toEqual(['share-offline', 'slow-agent']);
  });

  it.each([
    ['a fault that there is not', 'faults: [flood]', 'there is no fault flood; the faults are '],
    ['no YAML', '{', 'cannot be read'],
    ['an unknown key', 'cmdlet: {}', 'cmdlet'],
    ['what is not a cmdlet', 'cmdlets: { rm: [] }', 'is not a valid name of a cmdlet'],
    ['rows that are none', 'cmdlets: { Get-Cluster: [1] }', 'cmdlets.Get-Cluster.0'],
  ])('with %s is refused', async (_, text, message) => {
    await writeFile(file, text);
    await expect(loadScenario(file)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message),
    });
  });

  it('has to be there', async () => {
    await expect(loadScenario(join(folder, 'none.yaml'))).rejects.toMatchObject({ name: 'InputError' });
  });
});
