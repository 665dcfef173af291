import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StandIn } from '../../src/sandbox/node/backing.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { OpenOptions } from '../../src/session/open-options.ts';
import type { Session } from '../../src/session/session.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { type Failing, type FailingServer, type Fate, failingServer } from './failing-server.ts';
import { settingsFor } from './servers.ts';

const target = 'C:\\ProgramData\\oriel\\packages\\a.msi';
const bytes = randomBytes(5 * 1024 * 1024);
/** Milliseconds: long enough for a server that is well on a machine that is busy. */
const idle = 2_000;

let folder: string;
let source: string;
let remove: () => Promise<void>;
let node: StandIn;
let server: FailingServer | undefined;
let session: Session | undefined;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  node = await aSimulatedNode(folder);
  source = join(folder, 'source');
  await writeFile(source, bytes);
});
afterEach(async () => {
  await session?.close();
  await server?.close();
  [session, server] = [undefined, undefined];
  await node.backing.close();
  await remove();
});

async function open(failing: Failing, options: Partial<OpenOptions> = {}): Promise<Session> {
  server = await failingServer(node, failing);
  session = await openSession(await settingsFor(folder, server.port), { idle, ...options });
  return session;
}

/** Lets so many requests of a kind through, and then does something in place of an answer. */
function behind(count: number, kind: string, then: Fate = () => false): Fate {
  let seen = 0;
  return (request, sftp, words) => {
    if (request !== kind) return true;
    seen += 1;
    return seen <= count || then(request, sftp, words);
  };
}

/** As a killed sftp-server: the channel is closed, and SSH lives on. */
const dies: Fate = (_, sftp) => {
  sftp.end();
  return false;
};

const fates: readonly [string, () => Fate][] = [
  ['dies in the middle', () => behind(40, 'WRITE', dies)],
  ['dies at once', () => behind(0, 'OPEN', dies)],
  ['never opens a file', () => behind(0, 'OPEN')],
  ['stops to answer in the middle', () => behind(40, 'WRITE')],
  ['never closes a file', () => behind(0, 'CLOSE')],
];

describe('an upload', () => {
  it.each(fates)('goes on over another channel where SFTP %s', async (_, fate) => {
    const { put } = await open({ sftp: (channel) => (channel === 0 ? fate() : () => true) });
    expect(await put(source, target)).toMatchObject({ bytes: bytes.length });
    expect((await readFile(node.backing.hostPath(target))).equals(bytes)).toBe(true);
    expect(server?.channels()).toBe(2);
    // The other channel is well, and stays.
    await put(source, target);
    expect(server?.channels()).toBe(2);
  });

  it('sends again only what had not arrived', async () => {
    const requests = 80;
    const half = requests * 31 * 1024;
    let kill = (): void => {};
    const first = behind(requests, 'WRITE', (_, sftp) => {
      kill = () => sftp.end();
      return false;
    });
    const { put } = await open({ sftp: (channel) => (channel === 0 ? first : () => true) });
    // All that the server takes has arrived, so nothing of it is on its way any more.
    const progress = (done: number): void => {
      if (done === half) kill();
    };
    expect((await put(source, target, { progress })).sent).toBe(bytes.length - half);
  });

  it.each(fates)('ends with its reason where SFTP always %s', async (_, fate) => {
    const { put, call } = await open({ sftp: fate }, { idle: 300 });
    const failed = put(source, target);
    await expect(failed).rejects.toMatchObject({ name: 'SessionError', kind: 'transfer' });
    await expect(failed).rejects.toThrow(
      /the SFTP server (of the node ended|gave no answer within 0.3 s)|No resp/,
    );
    expect(server?.channels()).toBe(3);
    expect(await call({ call: 'Get-FileState', path: target })).toEqual({ kind: 'absent' });
  });

  it('ends where no SFTP is ever opened', async () => {
    const { put } = await open({ sftp: () => 'never' }, { channel: 300 });
    await expect(put(source, target)).rejects.toMatchObject({
      kind: 'transfer',
      message: expect.stringContaining('opened none within 0.3 s'),
    });
  });

  it('asks for no more than eight channels in all, that of the agent included', async () => {
    const { put } = await open({ sftp: () => 'never' }, { channel: 300 });
    for (let tries = 1; tries <= 7; tries += 1)
      await expect(put(source, target)).rejects.toThrow('opened none within 0.3 s');
    await expect(put(source, target)).rejects.toThrow('no SFTP: 8 channels are open already');
    expect(server?.channels()).toBe(7);
  });

  it.each(fates)('ends with the run where SFTP %s', async (_, fate) => {
    const run = new AbortController();
    const stuck = fate();
    const seen: Fate = (request, sftp, words) => {
      const goesOn = stuck(request, sftp, words);
      if (!goesOn) run.abort(new DOMException('enough', 'AbortError'));
      return goesOn;
    };
    const { put } = await open({ sftp: () => seen }, { abort: run.signal, idle: 600_000 });
    await expect(put(source, target)).rejects.toThrow('enough');
  });

  it('tells a refusal of the server at once, and keeps the channel', async () => {
    const { put, call } = await open({});
    await call({ call: 'Set-Directory', path: `${target}.oriel-part` });
    await expect(put(source, target)).rejects.toMatchObject({ kind: 'transfer' });
    await put(source, `${target}.2`);
    expect(server?.channels()).toBe(1);
  });
});

describe('a download', () => {
  it.each([
    ['dies in the middle', () => behind(90, 'READ', dies)],
    ['stops to answer in the middle', () => behind(90, 'READ')],
  ])('goes on over another channel where SFTP %s', async (_, fate) => {
    const { put, get } = await open({ sftp: (channel) => (channel === 0 ? fate() : () => true) });
    await put(source, target);
    const copy = join(folder, 'copy');
    expect(await get(target, copy)).toMatchObject({ bytes: bytes.length });
    expect((await readFile(copy)).equals(bytes)).toBe(true);
    expect(server?.channels()).toBe(2);
  });
});

describe('a server that starts no program', () => {
  it('is given up within its limit', async () => {
    await expect(open({ startsNothing: true }, { channel: 300 })).rejects.toMatchObject({
      kind: 'protocol',
      message: 'the node started no program within 0.3 s',
    });
  });

  it('is given up when the caller does', async () => {
    const giveUp = new AbortController();
    setImmediate(() => giveUp.abort(new DOMException('enough', 'AbortError')));
    await expect(open({ startsNothing: true }, { signal: giveUp.signal })).rejects.toThrow('enough');
  });
});
