import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StandIn } from '../../../src/sandbox/node/backing.ts';
import { openSession } from '../../../src/session/open/open.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';
import { type Fate, failingServer } from '../failing-server.ts';
import { settingsFor } from '../servers.ts';

const target = 'C:\\ProgramData\\oriel\\packages\\a.msi';
/** What the sshd of Server 2019 takes in one request. */
const most = 102_400;
const { FAILURE } = ssh2.utils.sftp.STATUS_CODE;

let folder: string;
let node: StandIn;
let ends: (() => unknown)[] = [];
let largest: number;

beforeEach(async () => {
  const temporary = await temporaryFolder();
  ({ folder } = temporary);
  node = await aSimulatedNode(folder);
  ends = [() => node.backing.close(), temporary.remove];
  largest = 0;
});
afterEach(async () => {
  for (const end of ends) await end();
});

async function open(refuses: (request: string, offset: number, length: number) => boolean) {
  const fate: Fate = (request, sftp, [id, , offset, part]) => {
    if (request !== 'WRITE' && request !== 'READ') return true;
    const length = typeof part === 'number' ? part : (part as Buffer).length;
    largest = Math.max(largest, length);
    if (!refuses(request, Number(offset), length)) return true;
    sftp.status(Number(id), FAILURE);
    return false;
  };
  const server = await failingServer(node, { sftp: () => fate });
  const session = await openSession(await settingsFor(folder, server.port));
  ends.unshift(
    () => session.close(),
    () => server.close(),
  );
  return session;
}

async function aFile(bytes: number): Promise<{ source: string; content: Buffer }> {
  const content = randomBytes(bytes);
  await writeFile(join(folder, 'source'), content);
  return { source: join(folder, 'source'), content };
}

describe('situation 15: a server that refuses large requests', () => {
  it.each([most, most + 1, 8 * 1024 * 1024])('takes a file of %d bytes, and gives it back', async (bytes) => {
    const session = await open((_, __, length) => length > most);
    const { source, content } = await aFile(bytes);
    await session.put(source, target);
    await session.get(target, join(folder, 'copy'));
    expect((await readFile(join(folder, 'copy'))).equals(content)).toBe(true);
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThanOrEqual(32 * 1024);
  });

  it('that fails in the middle is told where, and the part is taken up again', async () => {
    const at = 20 * 31 * 1024;
    let broken = true;
    const session = await open((request, offset) => broken && request === 'WRITE' && offset >= at);
    const { source, content } = await aFile(1024 * 1024);
    await expect(session.put(source, target)).rejects.toMatchObject({
      kind: 'transfer',
      message: expect.stringContaining(
        `write /C:/ProgramData/oriel/packages/a.msi.oriel-part at byte ${at}: `,
      ),
    });
    broken = false;
    expect((await session.put(source, target)).sent).toBe(content.length - at);
    expect((await readFile(node.backing.hostPath(target))).equals(content)).toBe(true);
  });
});
