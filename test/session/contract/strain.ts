import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { whole } from '../../extent.ts';
import type { Place } from '../contract.ts';
import { aNetwork, type Network } from '../network.ts';
import { hello, onRequest } from '../scripted.ts';

const state = { call: 'Get-FileState', path: 'C:\\x' };
const calls = whole ? 100_000 : 1_000;
/** Milliseconds and bits a second. */
const slow = whole ? { delay: 50, rate: 1e6 } : { delay: 5, rate: 20e6 };
const mebibytes = whole ? 8 : 2;
const slowFile = whole ? 700_000 : 70_000;

/** More than a link likes: many calls, long answers, and networks that are slow or fall silent. */
export function strainCases(place: () => Place, { withFiles = true } = {}): void {
  let network: Network | undefined;
  afterEach(() => {
    network?.close();
    network = undefined;
  });

  describe('under strain', () => {
    it(`answers ${calls} calls that were all sent before the first answer, in their order`, async () => {
      const asked: number[] = [];
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id }) => {
          asked.push(id);
          // What it does not read is somewhere between, and holds up whoever sends more.
          if (streams.write(`{"id":${id},"result":{"lines":["${id}"]}}\n`) || streams.isPaused()) return;
          streams.pause().once('drain', () => streams.resume());
        });
      });
      const session = await open();
      const all = Array.from({ length: calls }, () =>
        session.call({ call: 'Get-FileTail', path: 'C:\\x', lines: 1 }),
      );
      const answers = (await Promise.all(all)) as { readonly lines: readonly string[] }[];
      expect(answers.findIndex(({ lines }, index) => lines[0] !== String(index + 1))).toBe(-1);
      await session.close();
      expect(asked.slice(0, calls).findIndex((id, index) => id !== index + 1)).toBe(-1);
    });

    it(`takes an answer of ${mebibytes} MiB, and what is asked after it`, async () => {
      const lines = Array.from({ length: mebibytes }, (_, index) => `${index}\u00e4 "x" `.repeat(128 * 1024));
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id, call }) => {
          const result = call === 'Get-FileState' ? { kind: 'absent' } : { lines };
          const text = JSON.stringify({ id, result }).replace(/\u00e4/g, '\\u00e4');
          streams.write(`${text}\n`);
        });
      });
      const session = await open();
      const [answer, next] = await Promise.all([
        session.call<{ lines: string[] }>({ call: 'Get-FileTail', path: 'C:\\x', lines: 1 }),
        session.call(state),
      ]);
      expect(answer.lines.map((line, index) => line === lines[index])).toEqual(lines.map(() => true));
      expect(next).toEqual({ kind: 'absent' });
      await session.close();
    });

    it('is not given up over a slow network, and sends nothing twice', async ({ skip }) => {
      const { served, folder, node } = place();
      if (!served.openOver) return skip();
      network = aNetwork(slow);
      const session = await served.openOver(network);
      const path = 'C:\\ProgramData\\oriel\\slow';
      if (withFiles) {
        const bytes = randomBytes(slowFile);
        const source = join(folder, 'slow');
        await writeFile(source, bytes);
        const seen: number[] = [];
        const put = session.put(source, path, { progress: (done) => seen.push(done) });
        expect(await put).toMatchObject({ bytes: bytes.length, sent: bytes.length });
        expect((await readFile(node.backing.hostPath(path))).equals(bytes)).toBe(true);
        expect(seen.at(-1)).toBe(bytes.length);
      }
      const states = Array.from({ length: 50 }, () => session.call(state));
      expect(await Promise.all(states)).toEqual(states.map(() => ({ kind: 'absent' })));
      await session.close();
    });

    it('ends all that waits when the network falls silent, and tells nobody', async ({ skip }) => {
      const { served, folder } = place();
      if (!served.openOver) return skip();
      network = aNetwork();
      const session = await served.openOver(network, { silence: 1_500 });
      expect(await session.call(state)).toEqual({ kind: 'absent' });
      network.fallSilent();
      const source = join(folder, 'source');
      await writeFile(source, 'bytes');
      const waiting = [session.call(state), session.call(state), session.put(source, 'C:\\ProgramData\\y')];
      for (const one of waiting)
        await expect(one).rejects.toMatchObject({ name: 'SessionError', node: 'glance-1', kind: 'lost' });
      await expect(session.call(state)).rejects.toMatchObject({ kind: 'lost' });
      await session.close();
    });
  });
}
