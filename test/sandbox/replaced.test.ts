import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { agentFunctions } from '../../src/sandbox/agent/functions.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { replacedCmdlets } from '../../src/sandbox/replaced/index.ts';
import { aSimulatedNode, temporaryFolder } from './stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);
const node: StandIn = await aSimulatedNode(folder);
const ask = (name: string, parameters: Readonly<Record<string, unknown>>): readonly unknown[] =>
  replacedCmdlets[name]?.(parameters, node) as readonly unknown[];
const call = (name: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> | undefined =>
  agentFunctions.get(name)?.(parameters, { node, signal: new AbortController().signal, progress: () => {} });

describe('what replacements ask of a node is what the stand-in tells', () => {
  it('of tasks', async () => {
    const task = {
      name: 'daily',
      program: 'C:\\x.exe',
      arguments: '',
      start: '2020-01-01T03:30:00',
      limit: 'PT60M',
    };
    await call('Set-DailyTask', { ...task, account: 'NT AUTHORITY\\SYSTEM' });
    const [row] = ask('Get-SandboxTask', {}) as readonly { Name: string; State: object }[];
    expect(row).toMatchObject({
      Name: 'daily',
      State: (await call('Get-ScheduledTaskState', { name: 'daily' })) as object,
    });
    ask('Set-SandboxTask', { Name: 'DAILY', State: { ...row?.State, enabled: false } });
    expect(await call('Get-ScheduledTaskList', {})).toEqual({ names: ['daily'] });
    expect(await call('Get-ScheduledTaskState', { name: 'daily' })).toMatchObject({ enabled: false });
    ask('Remove-SandboxTask', { Name: 'daily' });
    expect(await call('Get-ScheduledTaskList', {})).toEqual({ names: [] });
  });

  it('of groups, by the names of ADSI', async () => {
    expect(ask('Get-SandboxGroup', { Name: 'Nobodies' })).toEqual([]);
    ask('Set-SandboxGroup', { Name: 'administrators', Members: ['EXAMPLE\\one'] });
    expect(await call('Get-GroupMember', { group: 'BUILTIN\\Administrators' })).toEqual({
      exists: true,
      members: ['EXAMPLE\\one'],
    });
    expect(ask('Get-SandboxGroup', { Name: 'Administrators' })).toEqual([{ Members: ['EXAMPLE\\one'] }]);
  });

  it('of rights, those that nobody was given too', async () => {
    await call('Grant-AccountRight', { right: 'SeUndockPrivilege', account: 'BUILTIN\\Users' });
    const rows = ask('Get-SandboxRight', {});
    expect(rows).toContainEqual({ Right: 'SeServiceLogonRight', Accounts: ['NT SERVICE\\ALL SERVICES'] });
    expect(rows).toContainEqual({ Right: 'seundockprivilege', Accounts: ['BUILTIN\\Users'] });
    ask('Set-SandboxRight', { Right: 'SeUndockPrivilege', Accounts: [] });
    expect(await call('Get-AccountRight', { right: 'SeUndockPrivilege' })).toEqual({ accounts: [] });
  });

  it('of events', async () => {
    const event = { LogName: 'System', ProviderName: 'Service Control Manager', Id: 7040 };
    ask('Add-SandboxEvent', { ...event, Data: ['x', 'Auto', 'Manual', 'x'] });
    const sought = { log: 'System', provider: 'Service Control Manager', event: 7040, text: 'x' };
    expect(await call('Get-EventRecord', sought)).toMatchObject({
      records: [{ data: ['x', 'Auto', 'Manual', 'x'], account: '.\\oriel' }],
    });
    expect(ask('Get-SandboxEvent', { ...event, Data: 'x' })).toMatchObject([
      { Account: '.\\oriel', Data: ['x', 'Auto', 'Manual', 'x'] },
    ]);
    expect(ask('Get-SandboxEvent', { ...event, Data: 'y' })).toEqual([]);
  });
});

describe('accounts that Wine does not know', () => {
  const sid = (Name: string): unknown => ask('Get-SandboxAccountSid', { Name });

  it('have a SID, the same in any case, and their name by it', () => {
    const [row] = sid('EXAMPLE\\glance$') as readonly { Sid: string }[];
    expect(row?.Sid).toMatch(/^S-1-5-21-\d+-\d+-\d+-\d+$/);
    expect(sid('example\\GLANCE$')).toEqual([row]);
    expect(ask('Get-SandboxAccountName', { Sid: row?.Sid })).toEqual([{ Name: 'example\\GLANCE$' }]);
    expect(ask('Get-SandboxAccountName', { Sid: 'S-1-5-21-1-2-3-4' })).toEqual([]);
  });

  // Microsoft, "Security identifiers": NT SERVICE\TrustedInstaller.
  it('of services have the SID that Windows makes of the name', () => {
    expect(sid('NT SERVICE\\TrustedInstaller')).toEqual([
      { Sid: 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464' },
    ]);
    expect(sid('NT SERVICE\\ALL SERVICES')).toEqual([{ Sid: 'S-1-5-80-0' }]);
  });

  it('are those that the stand-in takes, and no others', () => {
    expect(sid('NT AUTHORITY\\oriel-nobody')).toEqual([]);
    expect(sid('nobody')).toEqual([]);
  });
});

describe('access', () => {
  const root = 'C:\\Windows\\Temp\\access';
  const access = (Path: string): unknown => ask('Get-SandboxAccess', { Path })[0];
  const set = (Path: string, Inherits: boolean, Accounts: readonly object[], Owner?: string): unknown =>
    ask('Set-SandboxAccess', { Path, Inherits, Accounts, ...(Owner !== undefined && { Owner }) });

  it('is kept in full, and passed on as Windows does it', async () => {
    await mkdir(node.backing.hostPath(`${root}\\sub`), { recursive: true });
    await writeFile(node.backing.hostPath(`${root}\\file`), '');
    const folders = { account: 'EXAMPLE\\a', rights: 'Modify, Synchronize', reach: 'ContainerInherit; None' };
    const denied = { account: 'EXAMPLE\\b', rights: 'Write', deny: true as const };
    const here = { account: 'EXAMPLE\\c', rights: 'FullControl', reach: 'None; None' };
    set(root, false, [folders, denied, here], 'EXAMPLE\\owner');
    expect(access(root)).toEqual({
      owner: 'EXAMPLE\\owner',
      inherits: false,
      accounts: [folders, denied, here].map((each) => ({ ...each, inherited: false })),
    });
    const inherited = { owner: 'BUILTIN\\Administrators', inherits: true };
    expect(access(`${root}\\sub`)).toEqual({
      ...inherited,
      accounts: [folders, denied].map((each) => ({ ...each, inherited: true })),
    });
    expect(access(`${root}\\file`)).toEqual({
      ...inherited,
      accounts: [{ ...denied, reach: 'None; None', inherited: true }],
    });
    expect(await call('Get-DirectoryState', { path: root })).toMatchObject({
      owner: 'EXAMPLE\\owner',
      accounts: [folders, denied, here],
    });
  });

  it('of its own comes before what is passed on', () => {
    const own = { account: 'BUILTIN\\Users', rights: 'Read, Synchronize' };
    set(`${root}\\sub`, true, [own]);
    expect(access(`${root}\\sub`)).toMatchObject({
      inherits: true,
      accounts: [{ ...own, inherited: false }, { inherited: true }, { inherited: true }],
    });
  });

  it('of before, a list alone, is that of a directory that inherits nothing', async () => {
    const file = `${folder}/nodes/glance-1/simulated/access.json`;
    set(root, true, []);
    const record = JSON.parse(await readFile(file, 'utf8'));
    const lists = Object.fromEntries(
      Object.keys(record).map((key) => [key, [{ account: 'BUILTIN\\Users', rights: 'FullControl' }]]),
    );
    await writeFile(file, JSON.stringify(lists));
    expect(access(root)).toEqual({
      owner: 'BUILTIN\\Administrators',
      inherits: false,
      accounts: [{ account: 'BUILTIN\\Users', rights: 'FullControl', inherited: false }],
    });
    await rm(file);
  });
});
