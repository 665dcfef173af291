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
      await expect(open({ timeout: 300 })).rejects.toMatchObject({ name: 'SessionError', kind: 'protocol' });
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
