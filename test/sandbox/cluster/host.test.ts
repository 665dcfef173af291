import { mkdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { directoryFunctions } from '../../../src/sandbox/agent/files/directory.ts';
import { processFunctions } from '../../../src/sandbox/agent/processes/process.ts';
import { registryFunctions } from '../../../src/sandbox/agent/registry/value.ts';
import { serviceFunctions } from '../../../src/sandbox/agent/services/service.ts';
import { factFunctions } from '../../../src/sandbox/agent/windows/facts.ts';
import { shareFunctions } from '../../../src/sandbox/agent/windows/share.ts';
import type { CmdletRow } from '../../../src/sandbox/node/backing.ts';
import { faultyNode } from './faulty-node.ts';

const functions = {
  ...directoryFunctions,
  ...factFunctions,
  ...processFunctions,
  ...registryFunctions,
  ...serviceFunctions,
  ...shareFunctions,
};
const { ask, turnOn, node } = await faultyNode();
const context = () => ({ node: node(), signal: new AbortController().signal, progress: () => {} });

describe('a node of the cluster', () => {
  it('prints what w32tm, klist and fsutil print of its clock, tickets and volume', async () => {
    const run = async (file: string, ...words: readonly string[]) => {
      const call = { file, arguments: [...words], timeout: 5, stream: false };
      const { stdout, exitCode } = await functions['Invoke-Process'](call, context());
      return `${exitCode} ${stdout.split('\r\n').find((line) => line.includes(',') || line.includes('ticket') || line.includes('rror'))}`;
    };
    const clock = () => run('w32tm.exe', '/stripchart', '/computer:DC1', '/dataonly', '/samples:3');
    expect(await clock()).toBe('0 06:39:11, +00.0012345s');
    turnOn('sto-07-twelve-hours');
    expect(await clock()).toBe('0 06:39:11, -43149.7300000s');
    expect(await run('klist', 'get', 'cifs/SOFS1.example.org')).toContain('has been retrieved');
    turnOn('sto-08-no-ticket');
    expect(await run('klist', 'get', 'cifs/SOFS1.example.org')).toContain('1 Error calling API');
    await expect(run('other.exe')).rejects.toMatchObject({ kind: 'ProgramNotFound' });
  });

  it('has events of storage, by log, number and time', async () => {
    const log = 'Microsoft-Windows-SmbClient/Connectivity';
    const events = (filter: CmdletRow) =>
      ask('Get-WinEvent', { FilterHashtable: { LogName: log, ...filter } });
    await expect(events({})).rejects.toMatchObject({ kind: 'NoMatchingEventsFound' });
    turnOn('sto-32-disconnects');
    expect(await events({ Id: [30803, 30804] })).toHaveLength(3);
    const recent = new Date(Date.now() - 20 * 60_000).toISOString();
    expect(await events({ Id: 30804, StartTime: recent })).toMatchObject([{ Id: 30804 }]);
  });

  it('reaches the file server on its ports, and no other name', async () => {
    const test = async (ComputerName: string, Port: number) =>
      (await ask('Test-NetConnection', { ComputerName, Port }))[0]?.TcpTestSucceeded;
    expect([await test('10.20.0.12', 445), await test('SOFS1', 445)]).toEqual([true, true]);
    expect(await test('nowhere', 445)).toBe(false);
    turnOn('sto-06-port-closed');
    expect([await test('10.20.0.12', 445), await test('10.20.0.11', 445)]).toEqual([false, true]);
  });

  it('is no member where the model says so', async () => {
    turnOn('sto-04-no-member');
    await expect(ask('Get-ClusterNode')).rejects.toMatchObject({ kind: 'ClusterEndpointNotRegistered' });
    turnOn('sto-04-member-opens-share');
    expect((await ask('Get-ClusterNode')).map(({ Name }) => Name)).toContain('GLANCE-1');
  });

  it('tells what it is, which services run, and whether it takes long paths', async () => {
    const service = async () =>
      (await functions['Get-ServiceState']({ name: 'LanmanWorkstation' }, context())).status;
    const longPaths = () =>
      functions['Get-RegistryValue'](
        { key: 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\FileSystem', name: 'LongPathsEnabled' },
        context(),
      );
    expect([await service(), (await longPaths()).exists]).toEqual(['Running', false]);
    turnOn('sto-01-too-old', 'sto-09-workstation-stopped', 'sto-35-short-paths');
    expect([await service(), (await longPaths()).value]).toEqual(['Stopped', 0]);
    expect((await functions['Get-Facts']({}, context())).osVersion).toBe('6.1.7601');
    expect(await ask('Get-CimInstance', { ClassName: 'Win32_OperatingSystem' })).toMatchObject([
      { BuildNumber: '7601', OperatingSystemSKU: 10 },
    ]);
  });

  it('tells who has access to the share and its folder, by the SID', async () => {
    const path = 'C:\\ClusterStorage\\Volume1\\images';
    await mkdir(node().backing.hostPath(path), { recursive: true });
    turnOn('sto-25-everyone-in-german', 'sto-26-read-only');
    const state = await functions['Get-ShareState']({ name: 'images', scope: 'SOFS1' }, context());
    expect(state.access).toContainEqual({ account: 'Everyone', rights: 'Full' });
    const shown = await ask('Get-SmbShareAccess', { Name: 'images' });
    expect(shown.map(({ AccountName }) => AccountName)).toContain('Jeder');
    const [share] = await ask('Get-SmbShare', { Name: 'images' });
    expect(share?.SecurityDescriptor).toContain('(A;;FA;;;WD)');
    const folderState = await functions['Get-DirectoryState']({ path }, context());
    const entry = { account: 'EXAMPLE\\glance$', rights: 'ReadAndExecute, Synchronize', inherited: false };
    expect(folderState).toMatchObject({ accounts: expect.arrayContaining([entry]) });
  });

  it('runs a scan that no job shows', async () => {
    const scan = { TaskName: 'Data Integrity Scan for Crash Recovery' };
    await expect(ask('Get-ScheduledTask', scan)).rejects.toMatchObject({ category: 'ObjectNotFound' });
    turnOn('sto-18-integrity-scan');
    expect(await ask('Get-ScheduledTask', scan)).toMatchObject([{ State: 'Running' }]);
    expect(await ask('Get-StorageJob')).toEqual([]);
  });
});
