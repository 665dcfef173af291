import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../src/session/open/open.ts';
import { connectionFailure } from '../../src/session/ssh/connection-failure.ts';
import type { SshTarget } from '../../src/session/ssh/target.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { startServed } from './servers.ts';

const hasAgent = spawnSync('ssh-add', ['-h']).error === undefined;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const close of closers.splice(0).reverse()) await close();
});

async function aNodeWithoutKeyFile() {
  const { folder, remove } = await temporaryFolder();
  const node = await aSimulatedNode(folder);
  const { server, settings } = await startServed(node, folder);
  closers.push(
    remove,
    () => node.backing.close(),
    () => server.close(),
  );
  const { identity = '', ...rest } = settings;
  return { folder, identity, settings: rest };
}

describe('logging in without a key file', () => {
  it.skipIf(!hasAgent)('asks the SSH agent (skipped without ssh-agent)', async () => {
    const { folder, identity, settings } = await aNodeWithoutKeyFile();
    const socket = join(folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    closers.push(() => agent.kill());
    await expect.poll(() => existsSync(socket)).toBe(true);
    vi.stubEnv('SSH_AUTH_SOCK', socket);
    await expect(openSession(settings)).rejects.toMatchObject({ kind: 'authentication' });
    expect(spawnSync('ssh-add', [identity], { env: { ...process.env } }).status).toBe(0);
    const session = await openSession(settings);
    expect(session.hello).toMatchObject({ platform: 'simulated' });
    await session.close();
  });

  it('goes on without an agent that is gone, and says so where no key is left', async () => {
    const { folder, identity, settings } = await aNodeWithoutKeyFile();
    const gone = join(folder, 'gone');
    vi.stubEnv('SSH_AUTH_SOCK', gone);
    const session = await openSession({ ...settings, identity });
    await session.close();
    await expect(openSession(settings)).rejects.toMatchObject({
      kind: 'authentication',
      message: expect.stringContaining(`the SSH agent at ${gone} does not answer`),
    });
  });

  it('says what to do where the agent has more keys than a server lets anybody try', () => {
    const target = { node: 'n1', where: '10.0.0.1:22', identitiesOnly: false } as unknown as SshTarget;
    expect(connectionFailure(target, new Error('Too many authentication failures'))).toMatchObject({
      kind: 'authentication',
      remedy: expect.stringContaining('its public half'),
    });
  });

  it('says so when there is nothing to log in with', async () => {
    const { settings } = await aNodeWithoutKeyFile();
    vi.stubEnv('SSH_AUTH_SOCK', '');
    await expect(openSession(settings)).rejects.toMatchObject({
      kind: 'authentication',
      message: expect.stringContaining('nothing to log in with'),
    });
  });
});
