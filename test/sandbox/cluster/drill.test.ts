import { describe, expect, it } from 'vitest';
import { stopNode } from '../../../src/sandbox/cluster/change/actions.ts';
import { storageFaults } from '../../../src/sandbox/cluster/faults/index.ts';
import { wholeCluster } from '../../../src/sandbox/cluster/healthy/cluster.ts';
import type { Cluster } from '../../../src/sandbox/cluster/model/cluster.ts';
import type { CmdletRow } from '../../../src/sandbox/node/backing.ts';
import { faultyNode } from './faulty-node.ts';

const { ask, turnOn } = await faultyNode();
const one = async (cmdlet: string, property: string): Promise<unknown> => (await ask(cmdlet))[0]?.[property];
const served = () => one('Get-SmbOpenFile', 'ClusterNodeName');
const health = () => one('Get-VirtualDisk', 'OperationalStatus');
const stateOf = async (name: string) => (await ask('Get-ClusterNode', { Name: name }))[0];

describe('a client', () => {
  it('goes where the witness sends it, and is watched by another node', async () => {
    expect(await served()).toBe('S2D-1');
    await ask('Move-SmbWitnessClient', { ClientName: 'glance-1', DestinationNode: 's2d-2' });
    expect(await served()).toBe('S2D-2');
    expect(await ask('Get-SmbWitnessClient')).toMatchObject([
      { FileServerNodeName: 'S2D-2', WitnessNodeName: 'S2D-1' },
    ]);
    expect(await one('Get-SmbSession', 'ClusterNodeName')).toBe('S2D-2');
  });

  it('that nobody knows is not moved, and none goes to a node that is down or is none', async () => {
    const move = (ClientName: string, DestinationNode: string) =>
      ask('Move-SmbWitnessClient', { ClientName, DestinationNode });
    await expect(move('other', 'S2D-2')).rejects.toMatchObject({ category: 'ObjectNotFound' });
    await expect(move('glance-1', 'S2D-9')).rejects.toMatchObject({ kind: 'ClusterObjectNotFound' });
    await ask('Stop-ClusterNode', { Name: 'S2D-2' });
    await expect(move('glance-1', 'S2D-2')).rejects.toThrow('is down');
  });
});

describe('an owner', () => {
  it('of a volume moves with the clients of its shares, that of the role without them', async () => {
    await ask('Move-ClusterGroup', { Name: 'SOFS1', Node: 'S2D-2' });
    const groups = await ask('Get-ClusterGroup', { Name: 'SOFS1' });
    expect([groups[0]?.OwnerNode, await served()]).toEqual(['S2D-2', 'S2D-1']);
    const moved = await ask('Move-ClusterSharedVolume', { Name: 'Cluster Virtual Disk (Volume1)' });
    expect(moved).toMatchObject([{ OwnerNode: 'S2D-2', State: 'Online' }]);
    expect(await served()).toBe('S2D-2');
  });

  it('is found by name, in any case', async () => {
    await expect(ask('Move-ClusterGroup', { Name: 'none' })).rejects.toMatchObject({
      kind: 'ClusterObjectNotFound',
    });
    expect(await ask('Move-ClusterGroup', { Name: 'sofs1' })).toMatchObject([{ OwnerNode: 'S2D-2' }]);
  });
});

describe('a drain', () => {
  it('leaves the node paused and empty, and the disks healthy', async () => {
    expect(await ask('Suspend-ClusterNode', { Name: 'S2D-1', Drain: true })).toMatchObject([
      { State: 'Paused', DrainStatus: 'InProgress' },
    ]);
    expect(await stateOf('S2D-1')).toMatchObject({ DrainStatus: 'InProgress' });
    expect(await stateOf('S2D-1')).toMatchObject({ State: 'Paused', DrainStatus: 'Completed' });
    expect([await served(), await health()]).toEqual(['S2D-2', ['OK']]);
    expect(await ask('Resume-ClusterNode', { Name: 'S2D-1' })).toMatchObject([
      { State: 'Up', DrainStatus: 'NotInitiated' },
    ]);
  });

  it('takes a piped node, and is done at once for who waits', async () => {
    const [piped] = await ask('Get-ClusterNode', { Name: 'S2D-1' });
    expect(await ask('Suspend-ClusterNode', { InputObject: piped, Drain: true, Wait: true })).toMatchObject([
      { Name: 'S2D-1', DrainStatus: 'Completed' },
    ]);
  });

  it('is refused where nobody could take over, or a copy is missing', async () => {
    const drain = (parameters: CmdletRow = {}) =>
      ask('Suspend-ClusterNode', { Name: 'S2D-1', Drain: true, ...parameters });
    turnOn('storage-degraded');
    await expect(drain()).rejects.toThrow('Volume1 is not healthy');
    expect(await drain({ ForceDrain: true })).toHaveLength(1);
    turnOn('cluster-node-down');
    await expect(drain()).rejects.toThrow('no other node is up');
  });
});

describe('a node that stops', () => {
  it('leaves volumes incomplete, and brings them up to date when it is back, step by step', async () => {
    await ask('Stop-ClusterNode', { Name: 'S2D-1' });
    expect([await served(), await health()]).toEqual(['S2D-2', ['Incomplete']]);
    expect(await stateOf('S2D-1')).toMatchObject({ State: 'Down' });
    await ask('Start-ClusterNode', { Name: 'S2D-1' });
    expect(await health()).toEqual(['InService']);
    expect(await ask('Get-StorageJob')).toMatchObject([{ Name: 'Repair', PercentComplete: 0 }]);
    expect(await ask('Get-StorageJob')).toMatchObject([{ Name: 'Repair', PercentComplete: 50 }]);
    expect(await ask('Get-StorageJob')).toEqual([]);
    expect(await health()).toEqual(['OK']);
  });

  it('takes handles with it that are not continuously available', () => {
    const files = (cluster: Cluster) =>
      stopNode('S2D-1')(cluster).clients.map((client) => client.files.length);
    expect(files(wholeCluster)).toEqual([1]);
    expect(
      files(storageFaults['sto-29-handle-not-available'].change?.(wholeCluster) ?? wholeCluster),
    ).toEqual([0]);
  });
});

describe('a repair that is stuck', () => {
  it('shows less at the second look', async () => {
    turnOn('sto-18-repair-stuck');
    const percent = () => one('Get-StorageJob', 'PercentComplete');
    expect([await percent(), await percent()]).toEqual([12, 3]);
  });
});
