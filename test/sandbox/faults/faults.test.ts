import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { factFunctions } from '../../../src/sandbox/agent/windows/facts.ts';
import { rebootFunctions } from '../../../src/sandbox/agent/windows/reboot.ts';
import { scenarioRows } from '../../../src/sandbox/cmdlets/cmdlet/scenario.ts';
import { answerCmdlet } from '../../../src/sandbox/cmdlets/index.ts';
import { slowly } from '../../../src/sandbox/faults/slow.ts';
import { prepareFaults, startFaults, switchFault } from '../../../src/sandbox/faults/switch.ts';
import type { CmdletRow, StandIn } from '../../../src/sandbox/node/backing.ts';
import {
  type FaultName,
  faultNamed,
  faultNames,
  faultsIn,
  readFaults,
} from '../../../src/sandbox/node/faults.ts';
import { writeState } from '../../../src/sandbox/simulated/node-state.ts';
import { aSimulatedNode, temporaryFolder } from '../stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
let directory = '';
let count = 0;
const image = (): string => join(directory, 'shares', 'images', 'image');

beforeEach(async () => {
  directory = join(folder, `sandbox-${++count}`);
  await mkdir(join(directory, 'shares', 'images'), { recursive: true });
  await writeFile(image(), 'bytes');
});

describe('the faults of a sandbox', () => {
  it('are off where nobody has switched any, and are on until they are switched off', async () => {
    const faults = faultsIn(directory);
    expect(faultNames.filter(faults.isOn)).toEqual([]);
    expect(await switchFault(directory, 'slow-agent', true)).toBe(true);
    expect(await switchFault(directory, 'storage-degraded', true)).toBe(true);
    expect(await switchFault(directory, 'slow-agent', true)).toBe(false);
    expect(faultNames.filter(faults.isOn)).toEqual(['slow-agent', 'storage-degraded']);
    expect(await switchFault(directory, 'slow-agent', false)).toBe(true);
    expect(readFaults(directory)).toEqual(['storage-degraded']);
  });

  it('have names, and another one is refused with all of them', () => {
    expect(faultNamed('slow-agent')).toBe('slow-agent');
    expect(() => faultNamed('slow')).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(faultNames.join(', ')),
      }),
    );
  });

  it('of a start are those of the scenario; what was on before is taken back', async () => {
    await switchFault(directory, 'share-offline', true);
    await prepareFaults(directory);
    expect(await readFile(image(), 'utf8')).toBe('bytes');
    await startFaults(directory, ['slow-agent']);
    expect(readFaults(directory)).toEqual(['slow-agent']);
    await startFaults(directory, ['share-offline']);
    expect(existsSync(image())).toBe(false);
  });
});

describe('share-offline', () => {
  it('takes the files away from all nodes, and gives them back, also where a start has made the folder anew', async () => {
    const node = await aSimulatedNode(directory, 'shares/images');
    const seen = node.backing.hostPath('\\\\SOFS1\\images\\image');
    expect(existsSync(seen)).toBe(true);
    await switchFault(directory, 'share-offline', true);
    expect(existsSync(seen)).toBe(false);
    await mkdir(join(directory, 'shares', 'images'));
    await switchFault(directory, 'share-offline', false);
    expect(await readFile(seen, 'utf8')).toBe('bytes');
  });
});

describe('service-start-fails', () => {
  it('ends a service that is started, and lets one start when it is off', async () => {
    const { backing } = await aSimulatedNode(directory);
    const service = { name: 'Clock', path: 'none.exe', account: 'LocalSystem', startMode: 'Manual' } as const;
    writeState(join(directory, 'nodes', 'glance-1', 'simulated'), { products: [], services: [service] });
    await switchFault(directory, 'service-start-fails', true);
    await expect(backing.setService('Clock', 'Running', 10)).rejects.toMatchObject({
      kind: 'ServiceFailed',
      message: expect.stringContaining('exit code 70'),
    });
    expect(await backing.service('Clock')).toMatchObject({ status: 'Stopped', exitCode: 70 });
    await switchFault(directory, 'service-start-fails', false);
    await expect(backing.setService('Clock', 'Running', 10)).rejects.not.toThrow('exit code 70');
  });
});

describe('slow-agent', () => {
  it('holds back what an agent says, in order, and nothing while it is off', async () => {
    const due: (() => void)[] = [];
    let on = false;
    const stream = slowly({ isOn: () => on }, () => new Promise<void>((resolve) => due.push(resolve)));
    const said: string[] = [];
    stream.pipe(new PassThrough()).on('data', (chunk) => said.push(String(chunk)));
    stream.write('first');
    await expect.poll(() => said).toEqual(['first']);
    on = true;
    stream.write('second');
    await expect.poll(() => due.length).toBe(1);
    on = false;
    stream.end('third');
    expect(said).toEqual(['first']);
    due[0]?.();
    await expect.poll(() => said).toEqual(['first', 'second', 'third']);
    await expect.poll(() => stream.readableEnded).toBe(true);
  });
});

describe('restart-pending', () => {
  it('is why a node waits for a restart, and is there after one', async () => {
    const node: StandIn = { ...(await aSimulatedNode(directory)), faults: faultsIn(directory) };
    const context = { node, signal: new AbortController().signal, progress: () => {} };
    const reasons = async () => (await rebootFunctions['Get-RebootState']({}, context)).reasons;
    const facts = async () => (await factFunctions['Get-Facts']({}, context)).pendingReboot;
    expect([await reasons(), await facts()]).toEqual([[], false]);
    await switchFault(directory, 'restart-pending', true);
    expect([await reasons(), await facts()]).toEqual([['updates'], true]);
    const down = once(node.power, 'restart');
    await rebootFunctions['Restart-Node']({}, context);
    await down;
    expect(await reasons()).toEqual(['updates']);
  });
});

describe('faults of the cluster', () => {
  const rowsWith = async (fault: FaultName, cmdlet: string): Promise<readonly CmdletRow[]> => {
    const faults = { isOn: (name: FaultName) => name === fault };
    return scenarioRows({ ...(await aSimulatedNode(directory)), faults }, cmdlet);
  };

  it.each<[FaultName, string, readonly CmdletRow[]]>([
    ['cluster-node-down', 'Get-ClusterNode', [{ State: 'Up' }, { Name: 'S2D-2', State: 'Down' }]],
    ['cluster-node-down', 'Get-ClusterSharedVolumeState', [{ Node: 'S2D-1' }]],
    ['cluster-node-down', 'Get-VirtualDisk', [{ HealthStatus: 'Warning', OperationalStatus: ['Degraded'] }]],
    ['cluster-node-down', 'Get-HealthFault', [{ PerceivedSeverity: 'Critical' }]],
    ['cluster-node-down', 'Get-SmbShare', [{ ShareState: 'Online' }]],
    ['share-offline', 'Get-SmbShare', [{ Name: 'images', ShareState: 'Offline' }]],
    ['share-offline', 'Get-SmbConnection', []],
    [
      'share-offline',
      'Get-ClusterGroup',
      [{ State: 'Online' }, { State: 'Online' }, { Name: 'SOFS1', State: 'Offline' }],
    ],
    ['storage-degraded', 'Get-StoragePool', [{ HealthStatus: 'Warning' }]],
    ['storage-degraded', 'Get-StorageJob', [{ Name: 'Repair', JobState: 'Running' }]],
    ['slow-agent', 'Get-StoragePool', [{ HealthStatus: 'Healthy' }]],
  ])('%s shows in %s', async (fault, cmdlet, rows) => {
    const found = await rowsWith(fault, cmdlet);
    expect(found).toHaveLength(rows.length);
    expect(found).toMatchObject(rows);
  });

  it('show in what a node answers', async () => {
    const node: StandIn = { ...(await aSimulatedNode(directory)), faults: faultsIn(directory) };
    const state = async () => (await answerCmdlet(node, 'get-smbshare', { Name: 'images' }))[0]?.ShareState;
    expect(await state()).toBe('Online');
    await switchFault(directory, 'share-offline', true);
    expect(await state()).toBe('Offline');
  });

  it('storage-degraded has one disk that failed', async () => {
    const rows = await rowsWith('storage-degraded', 'Get-PhysicalDisk');
    const states = rows.map(({ HealthStatus }) => HealthStatus);
    expect(states).toEqual(['Unhealthy', ...Array.from({ length: 7 }, () => 'Healthy')]);
  });
});
