import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { load } from 'js-yaml';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endProcess, processesMarked } from '../../../src/sandbox/node/processes.ts';
import { leftovers, sandboxDown } from '../../../src/sandbox/run/down.ts';
import type { SandboxState } from '../../../src/sandbox/run/state.ts';
import { sandboxUp } from '../../../src/sandbox/run/up.ts';
import { commandsOf } from '../../../src/sandbox/wine/life.ts';
import { wineAvailable } from '../../../src/sandbox/wine/prefix.ts';
import { writeRegistry } from '../../../src/sandbox/wine/registry.ts';
import { agentLaunch } from '../../../src/session/agent-link/launch.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { temporaryFolder } from '../stand-ins.ts';
import {
  ask,
  openShell,
  type Reach,
  receive,
  run,
  send,
  start as startLine,
  textOf,
  written,
} from '../winrm/ask.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const cli = [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), join(root, 'src', 'cli.ts')];
const powershell = process.env.ORIEL_POWERSHELL;
const isHere = powershell !== undefined && (await wineAvailable()) !== undefined;
const { folder, remove } = await temporaryFolder();
const directory = join(folder, 'sandbox');
const [address, port] = ['127.0.79.2', 2279];
const prefix = join(directory, 'nodes', 'glance-1', 'wine');
const cutSessions = Number(process.env.ORIEL_CUT_SESSIONS ?? 12);

afterAll(async () => {
  await sandboxDown(directory);
  await remove();
});

function connect(): Promise<Client> {
  const client = new ssh2.Client();
  const privateKey = readFileSync(join(directory, 'id_ed25519'));
  return new Promise((done, fail) => {
    client.once('ready', () => done(client));
    client.on('error', fail);
    client.connect({ host: address, port, username: 'oriel', privateKey });
  });
}

function start(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((done, fail) => {
    client.exec(command, (error, channel) => (error ? fail(error) : done(channel)));
  });
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command on the node to its end. */
async function execute(command: string, input = ''): Promise<Ended> {
  const client = await connect();
  try {
    const channel = await start(client, command);
    const [out, err]: string[][] = [[], []];
    channel.on('data', (chunk: Buffer) => out?.push(chunk.toString('utf8')));
    channel.stderr.on('data', (chunk: Buffer) => err?.push(chunk.toString('utf8')));
    channel.end(input);
    return await new Promise((done) => {
      let code = -1;
      channel.on('exit', (exit: number) => {
        code = exit;
      });
      channel.on('close', () => done({ code, stdout: out?.join('') ?? '', stderr: err?.join('') ?? '' }));
    });
  } finally {
    client.end();
  }
}

const setShell = (value?: string) =>
  writeRegistry(
    prefix,
    'HKLM\\SOFTWARE\\OpenSSH',
    'DefaultShell',
    value ? { type: 'String', value } : undefined,
  );
const powerShells = () => commandsOf(prefix).filter((command) => /(pwsh|powershell)\.exe/i.test(command));

/** Where the node's WinRM is. */
function overWinRm({ nodes }: SandboxState): Reach {
  const { node_password } = load(readFileSync(join(directory, 'secrets.yaml'), 'utf8')) as {
    readonly node_password: string;
  };
  const ports = nodes[0]?.winrm ?? { http: 0, https: 0 };
  return {
    ...{ host: address, ports, password: node_password },
    ca: readFileSync(join(directory, 'winrm-ca.pem'), 'utf8'),
  };
}

/** Numbers below 1, the same ones each time (Park and Miller). */
function numbers(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 48_271) % 2_147_483_647;
    return last / 2_147_483_647;
  };
}

const missing = isHere ? '' : ' (left out: Wine or ORIEL_POWERSHELL is missing)';

describe.skipIf(missing)(`a node with PowerShell${missing}`, () => {
  let state: SandboxState;

  beforeAll(async () => {
    const settings = {
      nodes: 1,
      address,
      port,
      simulated: false,
      services: [],
      powershell: powershell ?? '',
    };
    state = await sandboxUp(directory, settings, { emit: () => {}, program: [process.execPath, ...cli] });
  });

  it('says what it is', async () => {
    expect(state.nodes).toMatchObject([
      { platform: 'wine', powershell: expect.stringMatching(/^7\.\d+\.\d+$/) },
    ]);
    const files = { identity: join(directory, 'id_ed25519'), knownHosts: join(directory, 'known_hosts') };
    const session = await openSession({
      ...{ name: 'glance-1', via: 'ssh', address, port, user: 'oriel', roles: ['glance'] },
      ...{ windowsFeatures: [], certificates: [] },
      ...files,
    });
    expect(session.hello).toMatchObject({ platform: 'wine', powershell: expect.stringMatching(/^7\.\d+$/) });
    const path = 'C:\\Windows\\Temp\\seen.txt';
    await session.put(join(root, 'LICENSE'), path);
    expect(await session.call({ call: 'Get-FileState', path })).toMatchObject({ kind: 'file' });
    await session.close();
    await expect.poll(powerShells).toEqual([]);
  });

  it('starts its PowerShell by every name, with streams and exit code', async () => {
    const words =
      '-NoProfile -Command "[Environment]::MachineName; $input; [Console]::Error.Write(7); exit 300"';
    for (const name of ['powershell', 'PowerShell.exe', 'pwsh'])
      expect(await execute(`${name} ${words}`, 'asked\n')).toEqual({
        code: 300,
        stdout: 'GLANCE-1\r\nasked\r\n',
        stderr: '7',
      });
  });

  it('gives other commands to cmd.exe, and its PowerShell within them', async () => {
    expect(await execute('echo one& cmd /c exit 5')).toMatchObject({
      code: 5,
      stdout: expect.stringContaining('one'),
    });
    expect(await execute('cd C:\\windows& powershell -NoProfile -Command "$PWD.Path"')).toMatchObject({
      stdout: expect.stringContaining('C:\\windows'),
    });
    expect(await execute(`echo ${'x'.repeat(8200)}`)).toMatchObject({
      code: 1,
      stderr: 'The command line is too long.\r\n',
    });
  });

  it('reads commands as the default shell that the registry names', async () => {
    await setShell('C:\\Program Files\\PowerShell\\7\\pwsh.exe');
    expect(await execute("(1..3) -join ','")).toMatchObject({ code: 0, stdout: '1,2,3\r\n' });
    await setShell('C:\\Program Files\\Git\\bin\\bash.exe');
    expect(await execute('powershell -NoProfile -Command \'"a" + 1\'')).toMatchObject({ stdout: 'a1\r\n' });
    expect(await execute('ls | wc')).toMatchObject({
      code: 127,
      stderr: expect.stringContaining('bash.exe, is not there'),
    });
    await setShell();
    expect(await execute('ver')).toMatchObject({ code: 0, stdout: expect.stringContaining('Windows') });
  });

  it(
    'leaves nothing of sessions that are cut at any moment',
    async () => {
      const next = numbers(20_261_130);
      const { command, sourceLine } = agentLaunch();
      const ping = {
        id: 1,
        call: 'Invoke-Process',
        file: 'ping.exe',
        arguments: ['-n', '900', '127.0.0.1'],
        timeout: 900,
      };
      for (let count = cutSessions; count > 0; count--) {
        const client = await connect();
        client.on('error', () => {});
        void start(client, command).then(
          (channel) => {
            channel.on('error', () => {});
            channel.write(`${sourceLine}${JSON.stringify(ping)}\n`);
          },
          () => {},
        );
        await sleep(next() * 6000);
        client.destroy();
      }
      await expect.poll(powerShells).toEqual([]);
      expect(commandsOf(prefix).join()).not.toContain('ping.exe');
      expect(await execute('cmd /c exit 3')).toMatchObject({ code: 3 });
    },
    cutSessions * 60_000,
  );

  it('runs commands over WinRM as cmd.exe reads them, and without it', async () => {
    const over = overWinRm(state);
    expect(await run(over, 'echo one& cmd /c exit 5')).toMatchObject({ output: 'one\r\n', exitCode: 5 });
    const shell = await openShell(over);
    const option = '<w:OptionSet><w:Option Name="WINRS_SKIP_CMD_SHELL">TRUE</w:Option></w:OptionSet>';
    const line = 'powershell -NoProfile -Command "[Console]::In.ReadToEnd() + 1"';
    const started = await startLine(over, shell, line, option);
    const command = textOf(started, 'CommandId') ?? '';
    await send(over, shell, command, 'asked', true);
    let output = '';
    while (!output.endsWith('\r\n')) output += written(await receive(over, shell, command));
    expect(output).toBe('asked1\r\n');
    await startLine(over, shell, 'ping -n 900 127.0.0.1');
    await expect.poll(() => commandsOf(prefix).join()).toContain('ping');
    await ask(over, { action: 'delete', shell });
    await expect.poll(() => commandsOf(prefix).join()).not.toContain('ping');
  });

  it('is gone with its supervisor', async () => {
    const client = await connect();
    client.on('error', () => {});
    const channel = await start(client, agentLaunch().command);
    channel.on('error', () => {});
    await expect.poll(powerShells).not.toEqual([]);
    expect(processesMarked(state.id).length).toBeGreaterThan(1);
    endProcess(state.supervisor.pid);
    await expect.poll(() => leftovers(directory, state.id)).toEqual([]);
  });
});
