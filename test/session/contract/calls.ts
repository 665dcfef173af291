import { describe, expect, it } from 'vitest';
import type { Served } from '../contract.ts';

/** Calls and their answers over a link that holds; a session that stands for one in other tests passes these alone. */
export function callCases(
  place: () => { readonly served: Pick<Served, 'open'> },
  { large = true }: { readonly large?: boolean } = {},
): void {
  describe('answers calls', () => {
    it('with a hello first, and is of a node', async () => {
      const session = await place().served.open();
      expect(session).toMatchObject({
        kind: 'node',
        node: 'glance-1',
        hello: { platform: 'simulated', powershell: '0.0' },
      });
      await session.close();
    });

    it.each([
      ['of any script', 'C:\\ProgramData\\\u00e4\u20ac\u{1f600} \u2019$(x).txt', 'a\r\n\u{1f600}'],
      ['with quotes of all kinds', "C:\\ProgramData\\it's `$(no)` & %PATH% !x!.txt", '\'"`$(x)%y%^&|<>\\'],
      ['that JSON escapes', 'C:\\ProgramData\\plain.txt', 'tab\there, \u0001, \u2028, \\u0041, "'],
    ])('with text %s', async (_, path, text) => {
      const session = await place().served.open();
      const content = Buffer.from(text).toString('base64');
      await session.call({ call: 'Set-File', path, content });
      expect(await session.call({ call: 'Get-FileContent', path })).toEqual({ exists: true, content });
      expect(await session.call({ call: 'Get-FileTail', path, lines: 5 })).toEqual({
        lines: text.split('\r\n'),
      });
      await session.close();
    });

    it('with the error of a call, and goes on', async () => {
      const session = await place().served.open();
      const failed = session.call({ call: 'Get-FileTail', path: 'C:\\none', lines: 1 });
      await expect(failed).rejects.toMatchObject({
        name: 'CallError',
        node: 'glance-1',
        call: 'Get-FileTail',
        kind: 'PathNotFound',
      });
      const unknown = session.call({ call: 'Get-Nothing' });
      await expect(unknown).rejects.toMatchObject({ name: 'CallError', kind: 'UnknownCall' });
      expect(await session.call({ call: 'Get-FileState', path: 'C:\\none' })).toEqual({ kind: 'absent' });
      await session.close();
    });

    it('that are sent together in their order', async () => {
      const session = await place().served.open();
      const order: number[] = [];
      const all = Array.from({ length: 200 }, async (_, index) => {
        await session.call({ call: 'Get-FileState', path: `C:\\${index}` });
        order.push(index);
      });
      await Promise.all(all);
      expect(order).toEqual(Array.from({ length: 200 }, (_, index) => index));
      await session.close();
    });

    if (!large) return;
    it('that bring and give a megabyte', async () => {
      const session = await place().served.open();
      const path = 'C:\\ProgramData\\big';
      const content = Buffer.alloc(1024 * 1024, 'oriel \u00fc').toString('base64');
      await session.call({ call: 'Set-File', path, content });
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => session.call({ call: 'Get-FileContent', path })),
      );
      for (const answer of answers) expect(answer).toEqual({ exists: true, content });
      await session.close();
    });
  });
}
