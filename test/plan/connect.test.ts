import { expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { withSessions } from '../../src/plan/observe/connect.ts';
import type { Session } from '../../src/session/session.ts';
import { checkedSession } from '../fixtures/checked-session.ts';

test('settings that are wrong for one node end it, when the sessions to the others are closed', async () => {
  const said: string[] = [];
  const session = checkedSession<Session>({
    node: 'glance-2',
    kind: 'node',
    hello: { hello: 1, agent: '1', powershell: '5.1', pid: 1, platform: 'windows' },
    call: () => Promise.reject(new TypeError('nothing is asked')),
    put: () => Promise.reject(new TypeError('nothing is put')),
    get: () => Promise.reject(new TypeError('nothing is got')),
    close: async () => void said.push('closed'),
  });
  const open = async ({ name }: { readonly name: string }): Promise<Session> => {
    if (name === 'glance-1') throw new InputError([{ message: 'no such port' }]);
    await new Promise(setImmediate);
    return session;
  };
  const body = async (): Promise<void> => void said.push('begun');
  await expect(
    withSessions([{ name: 'glance-1' }, { name: 'glance-2' }], open, () => {}, body),
  ).rejects.toThrow('no such port');
  expect(said).toEqual(['closed']);
});
