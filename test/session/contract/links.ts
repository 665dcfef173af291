import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Place } from '../contract.ts';
import { hello, onRequest } from '../scripted.ts';

const state = { call: 'Get-FileState', path: 'C:\\x' };
const lost = { name: 'SessionError', node: 'glance-1', kind: 'lost' };

/** Time-outs, cancels, cuts and the end. */
export function linkCases(place: () => Place): void {
  describe('over a link', () => {
    it('to an agent that says no hello is given up', async () => {
      const { open } = await place().script((streams) => streams.write('not recognized\n'));
      await expect(open({ hello: 300 })).rejects.toMatchObject({ name: 'SessionError', kind: 'protocol' });
    });

    it('is given up while it is opened when the caller does', async () => {
      const signal = AbortSignal.abort(new DOMException('enough', 'AbortError'));
      await expect(place().served.open({ signal })).rejects.toThrow('enough');
    });

    it('to an agent that is silent costs one call, not the session', async () => {
      const { open } = await place().script((streams) => {
        streams.write(hello);
        let held = '';
        onRequest(streams, ({ id }) => {
          if (held) streams.write(`${held}{"id":${id},"result":{"kind":"file"}}\n`);
          held = `{"id":${id},"result":{"kind":"directory"}}\n`;
        });
      });
      const session = await open();
      await expect(session.call(state, { timeout: 200 })).rejects.toMatchObject({ kind: 'timeout' });
      expect(await session.call(state)).toEqual({ kind: 'file' });
      await session.close();
    });

    it('gives up a call when the caller does, and goes on', async () => {
      const giveUp = new AbortController();
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id, call }) => {
          if (call === 'Get-FileState') streams.write(`{"id":${id},"result":{"kind":"file"}}\n`);
          else giveUp.abort(new DOMException('enough', 'AbortError'));
        });
      });
      const session = await open();
      const call = session.call({ call: 'Get-Facts' }, { signal: giveUp.signal });
      await expect(call).rejects.toThrow('enough');
      await expect(session.call(state, { signal: giveUp.signal })).rejects.toThrow('enough');
      expect(await session.call(state)).toEqual({ kind: 'file' });
      await session.close();
    });

    it('gives up a call after its limit, though nobody named one', async () => {
      const { open } = await place().script((streams) => void streams.write(hello));
      const asked: string[] = [];
      const callLimit = ({ call }: { readonly call: string }): number => {
        asked.push(call);
        return 200;
      };
      const session = await open({ callLimit });
      await expect(session.call(state)).rejects.toMatchObject({
        kind: 'timeout',
        message: 'Get-FileState gave no answer within 0.2 s',
      });
      expect(asked).toEqual(['Get-FileState']);
      await session.close();
    });

    it('to an agent that is silent ends with the second call, and what waits with it', async () => {
      const { open } = await place().script((streams) => void streams.write(hello));
      const session = await open({ callLimit: () => 200 });
      const calls = [1, 2, 3, 4].map(() => session.call(state));
      const kinds = (await Promise.allSettled(calls)).map(
        (end) => end.status === 'rejected' && end.reason.kind,
      );
      expect(kinds).toEqual(['timeout', 'timeout', 'lost', 'lost']);
      await expect(session.call(state)).rejects.toThrow('given up after 2 calls without an answer');
      await session.close();
    });

    it('takes an answer that comes too late for a sign of life', async () => {
      const { open } = await place().script((streams) => {
        streams.write(hello);
        // Of two calls the second is answered, and the first after it.
        let late = 0;
        onRequest(streams, ({ id, call }) => {
          if (call === 'Get-FileState') late = id;
          else streams.write(`{"id":${id},"result":{"lines":[]}}\n{"id":${late},"result":{"kind":"file"}}\n`);
        });
      });
      const session = await open({ callLimit: ({ call }) => (call === 'Get-FileState' ? 200 : 60_000) });
      for (let round = 0; round < 3; round += 1) {
        await expect(session.call(state)).rejects.toMatchObject({ kind: 'timeout' });
        expect(await session.call({ call: 'Get-FileTail', path: 'C:\\x', lines: 1 })).toEqual({ lines: [] });
      }
      await session.close();
    });

    it('gives up all that waits with its run, and what is asked later', async () => {
      const run = new AbortController();
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, () => run.abort(new DOMException('enough', 'AbortError')));
      });
      const session = await open({ abort: run.signal });
      const both = [session.call(state), session.put(import.meta.filename, 'C:\\x')];
      for (const one of both) await expect(one).rejects.toThrow('enough');
      await expect(session.call(state)).rejects.toThrow('enough');
      await session.close();
      expect(getEventListeners(run.signal, 'abort')).toEqual([]);
    });

    it('lets clean up for a moment after its run was given up, and no longer', async () => {
      const run = new AbortController();
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id, call }) => {
          if (call === 'Remove-Path') streams.write(`{"id":${id},"result":{"removed":true}}\n`);
        });
      });
      const session = await open({ abort: run.signal });
      run.abort(new DOMException('enough', 'AbortError'));
      const cleansUp = { cleansUp: true } as const;
      expect(await session.call({ call: 'Remove-Path', path: 'C:\\x' }, cleansUp)).toEqual({ removed: true });
      await expect(session.call(state, cleansUp)).rejects.toThrow('enough');
      await session.close();
    });

    it('leaves nothing behind on the signal that could have stopped it', async () => {
      const { signal } = new AbortController();
      const session = await place().served.open({ signal });
      await session.call({ call: 'Get-Facts' }, { signal });
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      await session.close();
    });

    it('that is cut within a call rejects all that waits, and what is asked later', async () => {
      let cut = (): void => {};
      const scripted = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, () => cut());
      });
      cut = scripted.cut;
      const session = await scripted.open();
      const both = [session.call(state), session.call(state)];
      for (const call of both) await expect(call).rejects.toMatchObject(lost);
      await expect(session.call(state)).rejects.toMatchObject(lost);
      await expect(session.put(import.meta.filename, 'C:\\x')).rejects.toMatchObject(lost);
      await session.close();
    });

    it('answers nothing once it is closed, however often', async () => {
      const session = await place().served.open();
      await session.close();
      await expect(session.call({ call: 'Get-Facts' })).rejects.toMatchObject(lost);
      await session.close();
    });
  });
}
