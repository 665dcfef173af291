import { expect, test } from 'vitest';
import { CallError, SessionError } from '../../src/errors.ts';
import { shareHandlesCheck } from '../../src/verify/checks/share-handles.ts';
import { runChecks } from '../../src/verify/run-checks.ts';
import { FakeDatabase } from '../fixtures/fake-database.ts';
import { FakeNode } from '../fixtures/fake-node.ts';

const path = '\\\\sofs1.example.org\\images\\glance';
/** What is found on a node whose cmdlet answers so, with data on a share. */
async function found(answer: () => unknown, share = path) {
  const node = new FakeNode('n1', new FakeDatabase());
  node.answers.set('Invoke-Cmdlet', answer);
  const check = shareHandlesCheck({ component: 'clock', node: 'n1', path: share, needs: [] });
  const connections = new Map([['n1', node.open()]]);
  const signal = new AbortController().signal;
  const [result] = await runChecks([check], { connections, emit: () => {}, signal });
  const { verdict, message, evidence } = result ?? expect.fail('no result');
  return { verdict, message, evidence };
}

const row = (ServerName: string, ShareName: string, NumOpens: number) => ({
  ServerName,
  ShareName,
  NumOpens,
});

test('handles of every connection to the share are counted, and no others', async () => {
  const rows = [
    row('SOFS1.EXAMPLE.ORG', 'Images', 2),
    row('sofs1.example.org', 'images', 1),
    row('sofs1.example.org', 'IPC$', 5),
    row('other.example.org', 'images', 7),
  ];
  expect(await found(() => rows)).toEqual({
    verdict: 'pass',
    message: `3 handles open on ${path}`,
    evidence: { connections: 2, opens: 3 },
  });
});

test('a node that wrote data and has no connection to the share is not healthy', async () => {
  const { verdict, message } = await found(() => [row('other.example.org', 'images', 7)]);
  expect(verdict).toBe('fail');
  expect(message).toContain(`no connection to ${path}`);
});

test('is skipped, and says why, where there is no such cmdlet or no share', async () => {
  const none = await found(() => {
    throw new CallError('n1', 'Invoke-Cmdlet', 'CommandNotFoundException', 'there is no Get-SmbConnection');
  });
  expect(none).toMatchObject({
    verdict: 'skip',
    message: expect.stringContaining('there is no Get-SmbConnection'),
  });
  const local = await found(() => [], 'C:\\ClusterStorage\\Volume1\\images');
  expect(local).toMatchObject({ verdict: 'skip', message: 'the data is not on a share' });
});

test('fails where the link is lost', async () => {
  const lost = await found(() => {
    throw new SessionError('n1', 'lost', 'the link to the node is gone');
  });
  expect(lost).toMatchObject({ verdict: 'fail', message: 'the link to the node is gone' });
});
