import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../src/sandbox/agent/speaker.ts';
import { openSession } from '../../src/session/open/open.ts';
import { fingerprint } from '../../src/session/ssh/known-hosts.ts';
import type { NodeOf } from '../../src/site/deployment.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { noOpenSsh, type OpenSshServer, openSshServer } from './openssh.ts';
import { aKey, clientKey, hostKey } from './servers.ts';

const jumpKey = aKey();
const { username } = userInfo();

let folder: string;
let gate: OpenSshServer;
let server: OpenSshServer;
let ends: (() => unknown)[] = [];

beforeEach(async () => {
  const temporary = await temporaryFolder();
  ({ folder } = temporary);
  const node = await aSimulatedNode(folder);
  server = await openSshServer(
    folder,
    (streams) => void speak(node, streams, streams).then(() => streams.end()),
  );
  gate = await openSshServer(folder, () => {}, { hostKeys: [jumpKey.private] });
  await writeFile(join(folder, 'id'), clientKey.private, { mode: 0o600 });
  ends = [() => server.close(), () => gate.close(), () => node.backing.close(), temporary.remove];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const end of ends) await end();
});

/** A node whose SSH configuration says all. */
async function configured(lines: readonly string[], known: readonly string[]): Promise<NodeOf<'ssh'>> {
  const sshConfig = join(folder, 'config');
  await writeFile(join(folder, 'known'), `${known.join('\n')}\n`);
  const all = [`UserKnownHostsFile ${folder}/known`, `User ${username}`, 'HostName 127.0.0.1'];
  await writeFile(sshConfig, [...lines, 'Host *', ...all, ''].join('\n'));
  const common = { roles: ['glance'], windowsFeatures: [], certificates: [] };
  return { name: 'glance-1', via: 'ssh', address: 'node.test', sshConfig, ...common };
}

const known = (port: number, key: string): string => `[127.0.0.1]:${port} ${key}`;

async function helloOf(node: NodeOf<'ssh'>): Promise<string> {
  const session = await openSession(node);
  const { platform } = session.hello;
  await session.close();
  return platform;
}

async function anAgent(...keys: readonly string[]): Promise<string> {
  const socket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  ends.unshift(() => agent.kill());
  await expect.poll(() => existsSync(socket)).toBe(true);
  for (const key of keys)
    expect(spawnSync('ssh-add', [key], { env: { ...process.env, SSH_AUTH_SOCK: socket } }).status).toBe(0);
  return socket;
}

describe.skipIf(noOpenSsh)(`Debian's OpenSSH server is reached${noOpenSsh}`, () => {
  const way = (): readonly string[] => [
    'Host node.test',
    `  Port ${server.port}`,
    '  ProxyJump gate-%n',
    'Host gate-*',
    `  Port ${gate.port}`,
    'Host *',
    `  IdentityFile ${folder}/id`,
    '  IdentitiesOnly yes',
  ];

  it('through another one, and each is held to its own host key', async () => {
    const keys = [known(gate.port, jumpKey.public), known(server.port, hostKey.public)];
    const node = await configured(way(), keys);
    const session = await openSession(node);
    expect(session.hello).toMatchObject({ platform: 'simulated' });
    gate.cut();
    await expect.poll(() => session.call({ call: 'Get-Facts' }).catch(({ kind }) => kind)).toBe('lost');
    await session.close();
    await configured(way(), keys.slice(1));
    await expect(helloOf(node)).rejects.toMatchObject({
      kind: 'host-key',
      message: expect.stringContaining(`the host key of [127.0.0.1]:${gate.port} is not known`),
    });
    await configured(way(), [keys[0] ?? '', known(server.port, jumpKey.public)]);
    await expect(helloOf(node)).rejects.toMatchObject({
      kind: 'host-key',
      message: expect.stringMatching(/HAS CHANGED.*known:2/s),
    });
  });

  it('not through one that does not let us in, or leads nowhere: that one is named', async () => {
    const keys = [known(gate.port, jumpKey.public), known(server.port, hostKey.public)];
    const node = await configured(['Host gate-*', '  User nobody-here', ...way()], keys);
    await expect(helloOf(node)).rejects.toMatchObject({
      kind: 'authentication',
      message: expect.stringContaining(
        `127.0.0.1:${gate.port} (on the way to the node) does not let nobody-here in`,
      ),
    });
    await server.close();
    await configured(way(), keys);
    await expect(helloOf(node)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  const direct = (...lines: readonly string[]): readonly string[] => [
    'Host node.test',
    `Port ${server.port}`,
    ...lines,
  ];

  it('with the keys of an agent, of which an encrypted file names the one to show', async () => {
    const other = join(folder, 'other');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
    const agent = await anAgent(other, join(folder, 'id'));
    vi.stubEnv('SSH_AUTH_SOCK', agent);
    const keys = [known(server.port, hostKey.public)];
    expect(await helloOf(await configured(direct(), keys))).toBe('simulated');
    const none = await configured(direct('IdentityAgent none'), keys);
    await expect(helloOf(none)).rejects.toThrow('nothing to log in with');
    const locked = join(folder, 'locked');
    await writeFile(locked, clientKey.private, { mode: 0o600 });
    await writeFile(`${locked}.pub`, `${clientKey.public}\n`);
    spawnSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'secret', '-f', locked]);
    vi.stubEnv('SSH_AUTH_SOCK', '');
    const one = direct(`IdentityAgent ${agent}`, 'IdentitiesOnly yes', `IdentityFile ${locked}`);
    expect(await helloOf(await configured(one, keys))).toBe('simulated');
    const wrong = direct(`IdentityAgent ${agent}`, 'IdentitiesOnly yes', `IdentityFile ${other}.pub`);
    await expect(helloOf(await configured(wrong, keys))).rejects.toMatchObject({ kind: 'authentication' });
  });

  it('when it shows the key that the site names, whatever is known of it', async () => {
    const node = await configured(direct(`IdentityFile ${folder}/id`), []);
    const shown = fingerprint(Buffer.from(hostKey.public.split(' ')[1] ?? '', 'base64'));
    expect(await helloOf({ ...node, fingerprint: shown })).toBe('simulated');
    await configured(direct(`IdentityFile ${folder}/id`), [known(server.port, hostKey.public)]);
    const other = fingerprint(Buffer.from(jumpKey.public.split(' ')[1] ?? '', 'base64'));
    await expect(helloOf({ ...node, fingerprint: other })).rejects.toMatchObject({
      kind: 'host-key',
      message: expect.stringContaining(
        `shows the host key ssh-ed25519 ${shown}, and the site file says ${other}`,
      ),
    });
  });

  it('for the first time where the configuration lets a new host in, which is recorded', async () => {
    const lines = direct(
      `IdentityFile ${folder}/id`,
      'StrictHostKeyChecking accept-new',
      'HostKeyAlias node',
    );
    const node = await configured(lines, ['# mine']);
    expect(await helloOf(node)).toBe('simulated');
    const recorded = await readFile(join(folder, 'known'), 'utf8');
    expect(recorded).toBe(`# mine\nnode ${hostKey.public.split(' ').slice(0, 2).join(' ')}\n`);
    await configured(lines, [`node ${jumpKey.public}`]);
    await expect(helloOf(node)).rejects.toThrow('THE HOST KEY OF node HAS CHANGED');
  });

  it('not by certificates, which is said with what to do', async () => {
    const authority = join(folder, 'authority');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', authority]);
    const trusted = (await readFile(`${authority}.pub`, 'utf8')).trim();
    const host = await configured(direct(`IdentityFile ${folder}/id`), [`@cert-authority * ${trusted}`]);
    await expect(helloOf(host)).rejects.toMatchObject({
      kind: 'host-key',
      message: expect.stringMatching(
        /known:1 names an authority for certificates of hosts, which oriel cannot check/,
      ),
      remedy: expect.stringContaining('fingerprint: SHA256:'),
    });
    const user = join(folder, 'user');
    spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', user]);
    const lines = direct(`IdentityFile ${user}`, `CertificateFile ${user}-cert.pub`);
    const node = await configured(lines, [known(server.port, hostKey.public)]);
    await expect(helloOf(node)).rejects.toMatchObject({
      kind: 'authentication',
      remedy: expect.stringMatching(/cannot offer the certificate that .*config:4 names/),
    });
  });
});
