import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchFault } from '../../src/sandbox/faults/switch.ts';
import { endProcess, isRunning, processIdentityOf, waitForEnd } from '../../src/sandbox/node/processes.ts';
import { leftovers, sandboxDown, sandboxPurge } from '../../src/sandbox/run/down.ts';
import type { SandboxSettings } from '../../src/sandbox/run/settings.ts';
import { checkSettings, nodePlaces } from '../../src/sandbox/run/settings.ts';
import type { SandboxState } from '../../src/sandbox/run/state.ts';
import { sandboxStatus } from '../../src/sandbox/run/status.ts';
import { sandboxUp } from '../../src/sandbox/run/up.ts';
import { wineAvailable } from '../../src/sandbox/wine/prefix.ts';
import { openSession } from '../../src/session/open/open.ts';
import { temporaryFolder } from './stand-ins.ts';

const root = join(import.meta.dirname, '..', '..');
const program = [
  process.execPath,
  join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
  join(root, 'src', 'cli.ts'),
];
const settings: SandboxSettings = {
  nodes: 2,
  address: '127.0.77.2',
  port: 2277,
  simulated: true,
  services: [],
};
const { folder, remove } = await temporaryFolder();
const directory = join(folder, 'sandbox');
const up = (place = directory, more: Partial<SandboxSettings> = {}) =>
  sandboxUp(place, { ...settings, ...more }, { emit: () => {}, program });

afterAll(async () => {
  await sandboxDown(directory);
  await remove();
});

function session(state: SandboxState, index = 0) {
  const node = state.nodes[index];
  if (!node) throw new TypeError('there is no such node');
  const { name, address, port } = node;
  const files = { identity: join(directory, 'id_ed25519'), knownHosts: join(directory, 'known_hosts') };
  return openSession({
    name,
    via: 'ssh',
    address,
    port,
    user: 'oriel',
    roles: ['glance'],
    windowsFeatures: [],
    certificates: [],
    ...files,
  });
}

describe('a sandbox', () => {
  let state: SandboxState & { already: boolean };

  beforeAll(async () => {
    state = await up();
  });

  it('has nodes that a session reaches with what lies in its folder', async () => {
    expect(state).toMatchObject({ phase: 'up', already: false });
    expect(state.nodes).toMatchObject([
      { name: 'glance-1', address: '127.0.77.2', port: 2277, platform: 'simulated' },
      { name: 'glance-2', address: '127.0.77.3', port: 2277, platform: 'simulated' },
    ]);
    const [first, second] = [await session(state), await session(state, 1)];
    expect(await first.call({ call: 'Get-Facts' })).toMatchObject({
      computer: 'GLANCE-1',
      platform: 'simulated',
    });
    const path = '\\\\SOFS1\\images\\seen';
    await first.call({ call: 'Set-File', path, content: 'AA==' });
    expect(await second.call({ call: 'Get-FileState', path })).toMatchObject({ kind: 'file', length: 1 });
    expect(await second.call({ call: 'Get-FileState', path: 'C:\\Windows\\Temp\\seen' })).toEqual({
      kind: 'absent',
    });
    const rows = {
      call: 'Invoke-Cmdlet',
      name: 'Get-ClusterNode',
      parameters: {},
      select: ['Name', 'State'],
    };
    expect(await first.call(rows)).toEqual([
      { Name: 'S2D-1', State: 'Up' },
      { Name: 'S2D-2', State: 'Up' },
    ]);
    await first.close();
    await second.close();
  });

  it('keeps keys and passwords to its owner and names its nodes for a site', () => {
    for (const name of ['id_ed25519', 'secrets.yaml'])
      expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o600);
    expect(load(readFileSync(join(directory, 'nodes.yaml'), 'utf8'))).toMatchObject({
      nodes: { defaults: { via: 'ssh', port: 2277 }, 'glance-2': { address: '127.0.77.3' } },
    });
  });

  it('is up once, and refuses to be another', async () => {
    expect(await up()).toMatchObject({ already: true, supervisor: state.supervisor });
    await expect(up(directory, { nodes: 3 })).rejects.toThrow('a sandbox with other settings is up');
    await expect(up(join(folder, 'second'))).rejects.toThrow('glance-1: 127.0.77.2:2277 is taken');
  });

  it('starts nothing but the agent', () => {
    const options = [
      '-i',
      join(directory, 'id_ed25519'),
      '-o',
      `UserKnownHostsFile=${join(directory, 'known_hosts')}`,
    ];
    const ssh = spawnSync('ssh', [...options, '-p', '2277', 'oriel@127.0.77.2', 'systeminfo'], {
      encoding: 'utf8',
    });
    expect(ssh.error ? 'no ssh here' : ssh.stderr).toMatch(
      /no ssh here|starts the agent of oriel and nothing else/,
    );
  });

  it('serves SFTP to others, within the drive', () => {
    const batch =
      'pwd\nput /etc/hostname /C:/Windows/Temp/a\nrename /C:/Windows/Temp/a /C:/Windows/Temp/b\nls /C:/Windows/Temp\n-ls /etc\n-get /C:/../../../../etc/passwd\n';
    const options = ['-b', '-', '-P', '2277', '-o', `UserKnownHostsFile=${join(directory, 'known_hosts')}`];
    const sftp = spawnSync('sftp', [...options, '-i', join(directory, 'id_ed25519'), 'oriel@127.0.77.2'], {
      encoding: 'utf8',
      input: batch,
      cwd: folder,
      timeout: 300_000,
    });
    if (sftp.error && !sftp.pid) return;
    expect(sftp.stdout).toContain('/C:/Windows/Temp/b');
    expect(existsSync(join(directory, 'nodes/glance-1/simulated/drive_c/Windows/Temp/b'))).toBe(true);
    expect(existsSync(join(folder, 'passwd'))).toBe(false);
    expect(sftp.status).toBe(0);
  });

  it('is told by the command line', async () => {
    const [file = '', ...args] = program;
    const out = execFileSync(file, [...args, 'sandbox', 'status', '--json', '--directory', directory]);
    expect(JSON.parse(out.toString())).toMatchObject({ healthy: true, answering: ['glance-1', 'glance-2'] });
  });

  it('leaves nothing when its supervisor is killed, and comes up again', async () => {
    const before = leftovers(directory, state.id);
    expect(before).toContain(state.supervisor.pid);
    endProcess(state.supervisor.pid);
    expect(await waitForEnd(state.supervisor, 60_000)).toBe(true);
    await expect.poll(() => leftovers(directory, state.id)).toEqual([]);
    expect(await sandboxStatus(directory)).toMatchObject({ healthy: false, answering: [] });
    const again = await up();
    expect(again).toMatchObject({ already: false, phase: 'up' });
    expect(again.nodes).toEqual(state.nodes);
    state = again;
  });

  it('goes down, keeps its files for the next time, and is removed when asked', async () => {
    expect(await sandboxDown(directory)).toBe(true);
    expect(leftovers(directory, state.id)).toEqual([]);
    expect(isRunning(state.supervisor)).toBe(false);
    expect(existsSync(join(directory, 'shares', 'images', 'seen'))).toBe(true);
    expect(await sandboxDown(directory)).toBe(false);
    await sandboxPurge(directory);
    expect(existsSync(directory)).toBe(false);
  });
});

describe.skipIf(!(await wineAvailable()))('a sandbox with Wine behind it (skipped without Wine)', () => {
  it('boots, answers and leaves nothing when its supervisor is killed', async () => {
    const state = await up(directory, { simulated: false, nodes: 1, address: '127.0.78.2' });
    expect(state.nodes).toMatchObject([{ platform: 'wine' }]);
    const open = await session(state);
    const version = { call: 'Invoke-Process', file: 'cmd.exe', arguments: ['/c', 'ver'], timeout: 300 };
    expect(await open.call(version)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Windows'),
    });
    const update = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update';
    for (const on of [true, false]) {
      await switchFault(directory, 'restart-pending', on);
      const asked = { call: 'Get-RegistryValue', key: `${update}\\RebootRequired` };
      expect(await open.call(asked)).toEqual({ exists: on });
    }
    const sleeping = {
      call: 'Start-DetachedProcess',
      name: 'sleeper',
      file: 'ping.exe',
      arguments: ['-n', '900', '127.0.0.1'],
    };
    await open.call(sleeping);
    await open.close();
    const again = await session(state);
    expect(await again.call({ call: 'Get-DetachedProcess', name: 'sleeper' })).toMatchObject({
      state: 'running',
    });
    await again.close();
    expect(leftovers(directory, state.id).length).toBeGreaterThan(2);
    endProcess(state.supervisor.pid);
    await expect.poll(() => leftovers(directory, state.id)).toEqual([]);
  });
});

describe('the folder of a sandbox', () => {
  it('is not removed when it is none', async () => {
    await writeFile(join(folder, 'precious'), '');
    await expect(sandboxPurge(folder)).rejects.toThrow('is not a sandbox');
    expect(existsSync(join(folder, 'precious'))).toBe(true);
  });
});

describe('the settings', () => {
  it('name every error', () => {
    const wrong = {
      ...settings,
      nodes: 0,
      port: 70_000,
      address: '10.0.0.1',
      services: ['swift'],
      powershell: '/pwsh',
    };
    expect(() => checkSettings(wrong as unknown as SandboxSettings)).toThrow(
      /--nodes 0.*--port 70000.*--address 10.0.0.1.*--simulated and --powershell.*--with swift/s,
    );
  });

  it('name a PowerShell that is none, before anything is started', async () => {
    const wrong = up(join(folder, 'third'), { simulated: false, powershell: folder });
    await expect(wrong).rejects.toThrow(`PowerShell ${folder}: it is not a PowerShell for Windows`);
    expect(existsSync(join(folder, 'third'))).toBe(false);
  });

  it('count addresses beyond 255', () => {
    const addresses = nodePlaces({ ...settings, address: '127.0.0.254', nodes: 3 }).map(
      ({ address }) => address,
    );
    expect(addresses).toEqual(['127.0.0.254', '127.0.0.255', '127.0.1.0']);
  });

  it('know a process from a later one of the same number', () => {
    const own = processIdentityOf(process.pid);
    expect(own && isRunning(own)).toBe(true);
    expect(isRunning({ pid: process.pid, started: '1' })).toBe(false);
  });
});
