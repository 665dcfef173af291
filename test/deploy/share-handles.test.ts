import { expect, test } from 'vitest';
import type { Store } from '../../src/components/glance/site/settings.ts';
import { checkShareHandles } from '../../src/deploy/checks/share-handles.ts';
import { CallError, SessionError } from '../../src/errors.ts';
import type { Share } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { FakeDatabase } from '../fixtures/fake-database.ts';
import { FakeNode } from '../fixtures/fake-node.ts';

const path = '\\\\sofs1.example.org\\images\\glance';
const stores = (share?: string): readonly Store[] => [
  {
    ...{ name: 'images', type: 'file', default: true, options: {} },
    ...(share && { share: { path: share } as Share }),
  },
];

/** What is found on a node whose cmdlet answers so, with images on a share. */
async function found(answer: () => unknown, share: string | undefined = path) {
  const node = new FakeNode('n1', new FakeDatabase());
  node.answers.set('Invoke-Cmdlet', answer);
  const deployment = aDeployment()
    .withGlance({ stores: stores(share) })
    .build();
  const { ok, message, facts } = await checkShareHandles(deployment, node.open());
  return { ok, message, facts };
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
    ok: true,
    message: `3 handles open on ${path}`,
    facts: { connections: 2, opens: 3 },
  });
});

test('a node that stored an image and has no connection to the share is not healthy', async () => {
  const { ok, message } = await found(() => [row('other.example.org', 'images', 7)]);
  expect(ok).toBe(false);
  expect(message).toContain(`no connection to ${path}`);
});

test('is not looked at, and says why, where there is no such cmdlet or no share', async () => {
  const none = await found(() => {
    throw new CallError('n1', 'Invoke-Cmdlet', 'CommandNotFoundException', 'there is no Get-SmbConnection');
  });
  expect(none).toMatchObject({ ok: true, message: expect.stringContaining('there is no Get-SmbConnection') });
  const local = await found(() => [], 'C:\\ClusterStorage\\Volume1\\images');
  expect(local).toMatchObject({ ok: true, message: 'not looked at: images are not on a share' });
});

test('is red where the link is lost', async () => {
  const lost = await found(() => {
    throw new SessionError('n1', 'lost', 'the link to the node is gone');
  });
  expect(lost).toMatchObject({ ok: false, message: 'the link to the node is gone' });
});
