import { describe, expect, it } from 'vitest';
import type { Place } from '../contract.ts';
import { hello, onRequest } from '../scripted.ts';

const state = { call: 'Get-FileState', path: 'C:\\x' };

/** An agent that says what it should not. */
export function answerCases(place: () => Place): void {
  describe('does not believe', () => {
    it.each([
      ['an object as its platform', { platform: { toString: 1 } }],
      ['a platform that there is not', { platform: 'beos' }],
      ['no platform', { platform: undefined }],
      ['no version of PowerShell', { powershell: undefined }],
      ['an object as its version', { agent: { toString: 1 } }],
      ['another version', { agent: '9' }],
      ['a pit as its version', { hello: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]] }],
      ['a process that is none', { pid: 'x' }],
      ['more than there is to say', { more: 1 }],
      ['a version without end', { powershell: `5.${'1'.repeat(3_000_000)}` }],
    ])('a hello with %s, and says so in short', async (_, wrong) => {
      const { open } = await place().script((streams) =>
        streams.write(`${JSON.stringify({ ...JSON.parse(hello), ...wrong })}\n`),
      );
      const error = await open().then(
        () => expect.fail('it was believed'),
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ name: 'SessionError', node: 'glance-1', kind: 'protocol' });
      expect((error as Error).message.length).toBeLessThan(1_000);
    });

    it.each([
      ['nothing', undefined],
      ['a number', 7],
      ['a list', []],
      ['a kind that there is not', { kind: 'hole' }],
      ['a text without end', { kind: 'a'.repeat(3_000_000) }],
    ])('an answer of %s', async (_, result) => {
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id }) => streams.write(`${JSON.stringify({ id, result })}\n`));
      });
      const session = await open();
      const error = await session.call(state).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'CallError', kind: 'BadAnswer' });
      expect((error as Error).message.length).toBeLessThan(1_000);
      await session.close();
    });

    it('what it says of a file that is brought', async () => {
      const { folder } = place();
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id, call }) => {
          const result = call === 'Get-FileState' ? { kind: 'file', length: 'x', sha256: {} } : null;
          streams.write(`${JSON.stringify({ id, result })}\n`);
        });
      });
      const session = await open();
      const get = session.get('C:\\x', `${folder}/x`);
      await expect(get).rejects.toThrow(/makes no sense|no SFTP/);
      await session.close();
    });

    it.each([
      ['a word', 'no'],
      ['objects', { kind: { toString: 1 }, message: { toString: 1 } }],
      ['a list', [[['no']]]],
    ])('an error of %s for more than an error', async (_, error) => {
      const { open } = await place().script((streams) => {
        streams.write(hello);
        onRequest(streams, ({ id }) =>
          streams.write(`{"id":{"toString":1},"result":1}\n${JSON.stringify({ id, error })}\n`),
        );
      });
      const session = await open();
      await expect(session.call(state)).rejects.toMatchObject({ name: 'CallError' });
      await session.close();
    });
  });
}
