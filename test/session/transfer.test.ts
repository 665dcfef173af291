import { createHash, randomBytes } from 'node:crypto';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StandIn } from '../../src/sandbox/backing.ts';
import type { NodeServer } from '../../src/sandbox/ssh-server.ts';
import { openSession } from '../../src/session/open/open.ts';
import type { Session } from '../../src/session/session.ts';
import type { NodeSettings } from '../../src/site/deployment.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';
import { served } from './servers.ts';

const target = 'C:\\ProgramData\\oriel\\packages\\a file.msi';
const bytes = randomBytes(9 * 1024 * 1024 + 4711);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let folder: string;
let remove: () => Promise<void>;
let node: StandIn;
let server: NodeServer;
let settings: NodeSettings;
let session: Session;
let source: string;

beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
  node = await aSimulatedNode(folder);
  ({ server, settings } = await served(node, folder));
  session = await openSession(settings);
  source = join(folder, 'source');
  await writeFile(source, bytes);
});
afterEach(async () => {
  await session.close();
  await server.close();
  await node.backing.close();
  await remove();
});

const onNode = (path: string): Promise<Buffer> => readFile(node.backing.hostPath(path));

describe('put', () => {
  it('brings the bytes, tells its progress and leaves no part', async () => {
    const seen: number[] = [];
    const progress = (done: number, total: number): void => void seen.push(done / total);
    expect(await session.put(source, target, { progress })).toEqual({
      bytes: bytes.length,
      sent: bytes.length,
      sha256,
    });
    expect((await onNode(target)).equals(bytes)).toBe(true);
    expect(seen.at(-1)).toBe(1);
    expect(await session.call({ call: 'Get-FileState', path: `${target}.oriel-part` })).toEqual({
      kind: 'absent',
    });
  });

  it('brings an empty file and replaces what was there', async () => {
    await session.put(source, target);
    await writeFile(source, '');
    expect(await session.put(source, target)).toMatchObject({ bytes: 0, sent: 0 });
    expect((await onNode(target)).length).toBe(0);
  });

  it('goes on where a cut link stopped it', async () => {
    let cut = false;
    const progress = (done: number, total: number): void => {
      if (!cut && done > total / 2) {
        cut = true;
        server.cut();
      }
    };
    await expect(session.put(source, target, { progress })).rejects.toMatchObject({
      name: 'SessionError',
      kind: 'lost',
    });
    expect(await stat(node.backing.hostPath(target)).catch(() => 'absent')).toBe('absent');
    session = await openSession(settings);
    const transfer = await session.put(source, target);
    expect(transfer.sent).toBeLessThan(bytes.length * 0.6);
    expect(transfer).toMatchObject({ bytes: bytes.length, sha256 });
    expect((await onNode(target)).equals(bytes)).toBe(true);
  });

  it('starts anew behind a part with other bytes, and one that is longer', async () => {
    const part = node.backing.hostPath(`${target}.oriel-part`);
    await session.call({ call: 'Set-Directory', path: 'C:\\ProgramData\\oriel\\packages' });
    for (const other of [randomBytes(1000), randomBytes(bytes.length + 1)]) {
      await writeFile(part, other);
      expect(await session.put(source, target)).toEqual({ bytes: bytes.length, sent: bytes.length, sha256 });
      expect((await onNode(target)).equals(bytes)).toBe(true);
    }
  });

  it('ends when the caller gives up, and is taken up again', async () => {
    const giveUp = new AbortController();
    const progress = (done: number): void => {
      if (done > 4 * 1024 * 1024) giveUp.abort(new DOMException('enough', 'AbortError'));
    };
    await expect(session.put(source, target, { progress, signal: giveUp.signal })).rejects.toThrow('enough');
    const { sent } = await session.put(source, target);
    expect(sent).toBeLessThan(bytes.length);
    expect((await onNode(target)).equals(bytes)).toBe(true);
  });

  it('cannot leave the node', async () => {
    await expect(session.put(source, 'D:\\x')).rejects.toMatchObject({ kind: 'BadParameter' });
    await expect(session.put(source, '\\\\SOFS1\\images\\x')).rejects.toMatchObject({ kind: 'transfer' });
    await expect(session.put(join(folder, 'none'), target)).rejects.toThrow('cannot be read');
  });
});

describe('get', () => {
  it('brings the bytes back, and goes on with a part of them', async () => {
    await session.put(source, target);
    const copy = join(folder, 'copy');
    expect(await session.get(target, copy)).toEqual({ bytes: bytes.length, sent: bytes.length, sha256 });
    expect((await readFile(copy)).equals(bytes)).toBe(true);
    await writeFile(`${copy}.oriel-part`, bytes);
    await truncate(`${copy}.oriel-part`, 6_000_000);
    const again = await session.get(target, copy);
    expect(again.sent).toBeLessThan(bytes.length);
    expect((await readFile(copy)).equals(bytes)).toBe(true);
  });

  it('starts anew behind a part with other bytes', async () => {
    await session.put(source, target);
    const copy = join(folder, 'copy');
    await writeFile(`${copy}.oriel-part`, randomBytes(5_000_000));
    expect(await session.get(target, copy)).toMatchObject({ sent: bytes.length, sha256 });
    expect((await readFile(copy)).equals(bytes)).toBe(true);
  });

  it('says that there is nothing', async () => {
    await expect(session.get('C:\\none', join(folder, 'copy'))).rejects.toThrow(
      'C:\\none on the node is absent',
    );
  });
});
