import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { speak } from '../../../src/sandbox/agent/speaker.ts';
import { openSession } from '../../../src/session/open/open.ts';
import type { NodeOf } from '../../../src/site/deployment.ts';
import type { Served, SessionKind } from '../contract.ts';
import { noOpenSsh, openSshServer } from '../openssh-server.ts';
import { aCable, clientKey, hostKey } from '../servers.ts';

export const pwsh = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'pwsh'))
  .find((file) => spawnSync(file, ['-NoProfile', '-Command', '1'], { stdio: 'ignore' }).status === 0);

/** Why no session of PowerShell can be opened here; empty: it can. */
export const noPsremoting = pwsh === undefined ? ' (left out: no pwsh is on the PATH)' : noOpenSsh;

/**
 * Through PowerShell for Linux on both ends, over a real OpenSSH server. The far end starts what the PATH of that server has as
 * `powershell`: here a program that hands its streams to the test, where the stand-in or the test's own agent answers.
 */
export const overPsremoting: SessionKind = {
  name: 'through PowerShell remoting',
  serve: (node, folder) => served((streams) => void speak(node, streams, streams), folder),
  script: (agent, folder) => served(agent, folder),
};

async function served(agent: (streams: Duplex) => void, folder: string): Promise<Served> {
  const place = join(folder, `psrp-${Math.random().toString(36).slice(2)}`);
  await mkdir(place);
  const socket = join(place, 'agent.sock');
  const agents = await listen(socket, agent);
  const far = await servedPowerShell(place, { script: handOver(socket) });
  return {
    ...far,
    async close() {
      await far.close();
      agents.close();
    },
  };
}

/** What a node has for the far end. */
interface FarPowerShell {
  /** Runs in place of its PowerShell for the agent; absent: PowerShell of this machine does. */
  readonly script?: string;
  /** Of the PowerShell that has the session. */
  readonly options?: string;
  /** Folder of its modules. */
  readonly modules?: string;
}

/** A node whose `powershell` is a script of the shell, or the PowerShell of this machine; and the way to it. */
export async function servedPowerShell(
  folder: string,
  { script, options = '', modules }: FarPowerShell = {},
): Promise<Served & { readonly settings: () => Promise<NodeOf<'psremoting'>> }> {
  const programs = join(folder, 'bin');
  await mkdir(programs);
  const powershell = join(programs, 'powershell');
  if (script === undefined) await symlink(pwsh ?? '', powershell);
  else await writeFile(powershell, script);
  if (script !== undefined) await chmod(powershell, 0o755);
  const server = await openSshServer(folder, [
    `SetEnv PATH=${programs}:/usr/bin:/bin${modules ? ` PSModulePath=${modules}` : ''}`,
    `Subsystem powershell ${pwsh} -sshs -nologo${options}`,
  ]);
  const cables = new Set<Awaited<ReturnType<typeof aCable>>>();
  const settings = async (most?: number): Promise<NodeOf<'psremoting'>> => {
    const cable = await aCable(server.port, most);
    cables.add(cable);
    return settingsFor(folder, cable.port);
  };
  const cut = (): void => {
    for (const cable of cables) cable.close();
  };
  return {
    settings,
    open: async (options) => openSession(await settings(), options),
    openCutAfter: async (bytes) => openSession(await settings(bytes)),
    openOver: async (network, options) =>
      openSession(await settingsFor(folder, await network.to(server.port)), options),
    cut,
    async close() {
      cut();
      await server.close();
    },
  };
}

async function settingsFor(folder: string, port: number): Promise<NodeOf<'psremoting'>> {
  const [identity, knownHosts] = [join(folder, 'id_ed25519'), join(folder, 'known hosts %h')];
  await writeFile(identity, clientKey.private, { mode: 0o600 });
  await writeFile(knownHosts, `[127.0.0.1]:${port} ${hostKey.public}\n`);
  const common = { roles: ['glance'], windowsFeatures: [], certificates: [] };
  const way = { via: 'psremoting', over: 'ssh', useSsl: false, jea: false } as const;
  return { name: 'glance-1', address: '127.0.0.1', port, identity, knownHosts, ...way, ...common };
}

async function listen(socket: string, agent: (streams: Duplex) => void): Promise<Server> {
  const server = createServer((streams: Socket) => {
    streams.on('error', () => {});
    agent(streams);
  });
  server.listen(socket);
  await once(server, 'listening');
  return server;
}

/** A program that is a wire to a socket, and ends where either side does. */
function handOver(socket: string): string {
  const wire = `const s = require('node:net').connect(${JSON.stringify(socket)});
process.stdin.pipe(s); s.pipe(process.stdout);
for (const end of [process.stdin, s]) end.on('close', () => process.exit(0)).on('error', () => process.exit(0));`;
  return `#!${process.execPath}\n${wire}\n`;
}
