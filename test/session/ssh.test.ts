import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNode } from '../../src/deploy/open-node.ts';
import type { Fact } from '../../src/events/events.ts';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { type NodeServer, serveNode } from '../../src/sandbox/server/ssh-server.ts';
import { Secret } from '../../src/secret.ts';
import { openSession } from '../../src/session/open/open.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { aKey, clientKey, hostKey, type ServedSettings, settingsFor, startServed } from './servers.ts';

let folder: string;
let remove: () => Promise<void>;
let node: StandIn;
let server: NodeServer;
let settings: ServedSettings;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  node = await aSimulatedNode(folder);
  ({ server, settings } = await startServed(node, folder));
});
afterEach(async () => {
  await server.close();
  await node.backing.close();
  await remove();
});

describe('a session over SSH', () => {
  it('says hello, answers calls with text of any script, and ends', async () => {
    const facts: Fact[] = [];
    const session = await openNode(settings, (fact) => facts.push(fact));
    expect(session.hello).toMatchObject({ platform: 'simulated', powershell: '0.0' });
    const path = 'C:\\ProgramData\\\u00e4\u20ac\u{1f600} \u2019$(x).txt';
    await session.call({
      call: 'Set-File',
      path,
      content: Buffer.from('a\r\n\u{1f600}\r\n').toString('base64'),
    });
    expect(await session.call({ call: 'Get-FileTail', path, lines: 5 })).toEqual({
      lines: ['a', '\u{1f600}'],
    });
    await session.close();
    expect(facts).toEqual([
      { kind: 'node-connected', node: 'glance-1', platform: 'simulated', powershell: '0.0' },
    ]);
    await expect(session.call({ call: 'Get-Facts' })).rejects.toMatchObject({
      name: 'SessionError',
      kind: 'lost',
    });
  });

  it('brings no file to a share: SFTP does not lead there', async () => {
    const session = await openSession(settings);
    const put = session.put(settings.knownHosts, '\\\\SOFS1\\images\\x');
    await expect(put).rejects.toMatchObject({ kind: 'transfer' });
    await session.close();
  });
});

describe('who may come in', () => {
  it('tells a key that the node does not know', async () => {
    await writeFile(settings.identity ?? '', aKey().private);
    await expect(openSession(settings)).rejects.toMatchObject({
      kind: 'authentication',
      message: expect.stringContaining(`does not let oriel in with the key ${settings.identity}`),
    });
  });

  it('tells another user', async () => {
    await expect(openSession({ ...settings, user: 'root' })).rejects.toMatchObject({
      kind: 'authentication',
    });
  });

  it('takes the password of the account, and tells another one', async () => {
    const { identity: _, ...rest } = settings;
    const password = new Secret('login', 'correct horse \u00fc');
    const keys = { hostKey: hostKey.private, clientKey: clientKey.public };
    const open = await serveNode(node, { port: 0, ...keys, password });
    const known = await settingsFor(folder, open.port);
    const session = await openSession({ ...rest, port: open.port, knownHosts: known.knownHosts, password });
    expect(session.hello).toMatchObject({ platform: 'simulated' });
    await session.close();
    const wrong = { ...rest, port: open.port, password: new Secret('pw', 'correct horse') };
    await expect(openSession(wrong)).rejects.toMatchObject({
      kind: 'authentication',
      message: expect.stringContaining('does not let oriel in with the password'),
    });
    await open.close();
  });

  it('offers a password only where one is set, and it is refused by a server of keys', async () => {
    const { identity: _, ...rest } = settings;
    const withPassword = { ...rest, password: new Secret('pw', 'hunter2-canary') };
    const failed = openSession(withPassword);
    await expect(failed).rejects.toMatchObject({ kind: 'authentication' });
    await expect(failed).rejects.not.toThrow('hunter2-canary');
  });

  it('sends an encrypted key to the SSH agent', async () => {
    const encrypted = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase: 'x',
      cipher: 'aes256-ctr',
      rounds: 1,
    });
    await writeFile(settings.identity ?? '', encrypted.private);
    await expect(openSession(settings)).rejects.toMatchObject({
      kind: 'authentication',
      message: expect.stringContaining('is encrypted'),
      remedy: expect.stringContaining('ssh-add'),
    });
  });

  it('says what is missing: a key, or a file that is none', async () => {
    await writeFile(settings.identity ?? '', 'no key');
    await expect(openSession(settings)).rejects.toThrow('is not a private key');
    await expect(openSession({ ...settings, identity: join(folder, 'none') })).rejects.toThrow(
      'cannot be read',
    );
  });
});

describe('the host key', () => {
  it('refuses one that is not known, with its fingerprint and the command to accept it', async () => {
    await writeFile(settings.knownHosts, '');
    const fingerprint = /SHA256:[A-Za-z0-9+/]{43}/;
    await expect(openSession(settings)).rejects.toMatchObject({
      kind: 'host-key',
      message: expect.stringMatching(fingerprint),
      remedy: expect.stringContaining(
        `ssh-keyscan -p ${settings.port} -t ed25519 127.0.0.1 >> '${settings.knownHosts}'`,
      ),
    });
  });

  it('takes a missing file as one without entries', async () => {
    const failed = openSession({ ...settings, knownHosts: join(folder, 'none') });
    await expect(failed).rejects.toMatchObject({ kind: 'host-key' });
  });

  it('refuses one that has changed, loudly, with the line that says otherwise', async () => {
    await writeFile(settings.knownHosts, `# ours\n[127.0.0.1]:${settings.port} ${aKey().public}\n`);
    await expect(openSession(settings)).rejects.toMatchObject({
      kind: 'host-key',
      message: expect.stringMatching(/HAS CHANGED.*known_hosts:2/s),
    });
  });

  it('refuses one that is revoked, known or not', async () => {
    const known = await readFile(settings.knownHosts, 'utf8');
    await writeFile(settings.knownHosts, `${known}@revoked * ${hostKey.public}\n`);
    await expect(openSession(settings)).rejects.toThrow('is revoked');
  });

  it('refuses a node that has no key of the recorded type', async () => {
    const { public: ecdsa } = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    await writeFile(settings.knownHosts, `[127.0.0.1]:${settings.port} ${ecdsa}\n`);
    await expect(openSession(settings)).rejects.toMatchObject({ kind: 'host-key' });
  });

  it('is checked before known_hosts can be read by error', async () => {
    await chmod(settings.knownHosts, 0o600);
    await expect(openSession({ ...settings, knownHosts: folder })).rejects.toMatchObject({
      kind: 'host-key',
    });
  });
});

describe('a node that is not there', () => {
  it('is unreachable', async () => {
    const { port } = settings;
    await server.close();
    await expect(openSession({ ...settings, port })).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('is given up when the caller does', async () => {
    const failed = openSession(settings, {
      signal: AbortSignal.abort(new DOMException('enough', 'AbortError')),
    });
    await expect(failed).rejects.toThrow('enough');
  });
});
