import { createHash, randomBytes } from 'node:crypto';
import { truncateSync } from 'node:fs';
import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/session/session.ts';
import type { Place } from '../contract.ts';

const target = 'C:\\ProgramData\\oriel\\packages\\a file.msi';
/** More than is read ahead of what is sent, and on its way. */
const usualSize = 9 * 1024 * 1024 + 4711;

/** Files of so many bytes that are brought and fetched, however often that breaks. */
export function fileCases(place: () => Place, size = usualSize): void {
  const bytes = randomBytes(size);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  let folder: string;
  let session: Session;
  let source: string;

  beforeEach(async () => {
    ({ folder } = place());
    session = await place().served.open();
    source = join(folder, 'source');
    await writeFile(source, bytes);
  });
  afterEach(() => session.close());

  const hostPath = (path: string): string => place().node.backing.hostPath(path);
  const onNode = (path: string): Promise<Buffer> => readFile(hostPath(path));

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
          place().served.cut();
        }
      };
      await expect(session.put(source, target, { progress })).rejects.toMatchObject({
        name: 'SessionError',
        kind: 'lost',
      });
      expect(await stat(hostPath(target)).catch(() => 'absent')).toBe('absent');
      session = await place().served.open();
      const transfer = await session.put(source, target);
      expect(transfer.sent).toBeLessThan(bytes.length * 0.6);
      expect(transfer).toMatchObject({ bytes: bytes.length, sha256 });
      expect((await onNode(target)).equals(bytes)).toBe(true);
    });

    it('starts anew behind a part with other bytes, and one that is longer', async () => {
      const part = hostPath(`${target}.oriel-part`);
      await session.call({ call: 'Set-Directory', path: 'C:\\ProgramData\\oriel\\packages' });
      for (const other of [randomBytes(1000), randomBytes(bytes.length + 1)]) {
        await writeFile(part, other);
        expect(await session.put(source, target)).toEqual({
          bytes: bytes.length,
          sent: bytes.length,
          sha256,
        });
        expect((await onNode(target)).equals(bytes)).toBe(true);
      }
    });

    it('ends when the caller gives up, and is taken up again', async () => {
      const giveUp = new AbortController();
      const progress = (done: number): void => {
        if (done > size * 0.4) giveUp.abort(new DOMException('enough', 'AbortError'));
      };
      await expect(session.put(source, target, { progress, signal: giveUp.signal })).rejects.toThrow(
        'enough',
      );
      const { sent } = await session.put(source, target);
      expect(sent).toBeLessThan(bytes.length);
      expect((await onNode(target)).equals(bytes)).toBe(true);
    });

    it('is whole wherever it was cut before, and never half there', async () => {
      const small = bytes.subarray(0, 700_000);
      await writeFile(source, small);
      for (let cutAt = 20_000; cutAt < 1_300_000; cutAt += 211_111) {
        const cut = await place()
          .served.openCutAfter(cutAt)
          .catch(() => undefined);
        const outcome = await cut?.put(source, target).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ name: 'SessionError', kind: 'lost' });
        await cut?.close();
        const found = await onNode(target).catch(() => undefined);
        if (found) expect(found.equals(small)).toBe(true);
      }
      expect(await session.put(source, target)).toMatchObject({ bytes: small.length });
      expect((await onNode(target)).equals(small)).toBe(true);
    });

    it('is that of now when the source changed after a cut', async () => {
      const cut = await place().served.openCutAfter(Math.floor(size / 3));
      await expect(cut.put(source, target)).rejects.toMatchObject({ kind: 'lost' });
      await cut.close();
      const other = randomBytes(bytes.length);
      await writeFile(source, other);
      expect(await session.put(source, target)).toMatchObject({ sent: bytes.length });
      expect((await onNode(target)).equals(other)).toBe(true);
    });

    it.skipIf(size < usualSize)('fails when the source becomes shorter on the way', async () => {
      const progress = (done: number): void => {
        if (done > 1024 * 1024) truncateSync(source, 1024 * 1024);
      };
      await expect(session.put(source, target, { progress })).rejects.toThrow('became shorter');
      expect(await stat(hostPath(target)).catch(() => 'absent')).toBe('absent');
    });

    it('is not taken for whole when it is damaged on the way', async () => {
      const part = hostPath(`${target}.oriel-part`);
      const progress = (done: number, total: number): void => {
        if (done === total) truncateSync(part, total - 1);
      };
      await expect(session.put(source, target, { progress })).rejects.toThrow('arrived damaged');
      expect(await stat(hostPath(target)).catch(() => 'absent')).toBe('absent');
      expect(await session.put(source, target)).toMatchObject({ bytes: bytes.length, sha256 });
    });

    it('cannot leave the node', async () => {
      await expect(session.put(source, 'D:\\x')).rejects.toMatchObject({ kind: 'BadParameter' });
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
      await truncate(`${copy}.oriel-part`, Math.floor(size * 0.6));
      const again = await session.get(target, copy);
      expect(again.sent).toBeLessThan(bytes.length);
      expect((await readFile(copy)).equals(bytes)).toBe(true);
    });

    it('starts anew behind a part with other bytes', async () => {
      await session.put(source, target);
      const copy = join(folder, 'copy');
      await writeFile(`${copy}.oriel-part`, randomBytes(Math.floor(size / 2)));
      expect(await session.get(target, copy)).toMatchObject({ sent: bytes.length, sha256 });
      expect((await readFile(copy)).equals(bytes)).toBe(true);
    });

    it('is that of now when what is on the node changed after a cut', async () => {
      await session.put(source, target);
      const copy = join(folder, 'copy');
      const progress = (done: number, total: number): void => {
        if (done > total / 2) place().served.cut();
      };
      await expect(session.get(target, copy, { progress })).rejects.toMatchObject({ kind: 'lost' });
      expect(await stat(copy).catch(() => 'absent')).toBe('absent');
      const other = randomBytes(bytes.length);
      await writeFile(hostPath(target), other);
      session = await place().served.open();
      expect(await session.get(target, copy)).toMatchObject({ sent: bytes.length });
      expect((await readFile(copy)).equals(other)).toBe(true);
    });

    it('says that there is nothing', async () => {
      await expect(session.get('C:\\none', join(folder, 'copy'))).rejects.toThrow(
        'C:\\none on the node is absent',
      );
    });
  });
}
