import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { fileOf } from '../../../src/components/glance/checks/kept-files.ts';
import { RequestError } from '../../../src/errors.ts';
import { fixedAccess } from '../../../src/openstack/access.ts';
import { imagesClient } from '../../../src/openstack/images.ts';
import { storageChecks } from '../../../src/verify/checks/storage/index.ts';
import type { KeptFile } from '../../../src/verify/checks/storage/model/check.ts';
import { runChecks } from '../../../src/verify/run-checks.ts';
import { type AnswerTable, deploymentOf, refused, sessionOf, uses } from './harness.ts';

const file = (Name: string, Length: number) => ({ Name, Length, Attributes: 'Archive' });
const answers: AnswerTable = {
  'Get-SmbShare': [{ Name: 'images', ScopeName: 'SOFS1', Path: 'C:\\ClusterStorage\\Volume1\\images' }],
  'Get-DirectoryState': { exists: true, entries: 3 },
  'Get-Item': [file('A', 5), file('.oriel-probe-x', 1), { Name: 'staging', Attributes: 'Directory' }],
};
const image = (name: string, bytes = 5, kept: KeptFile['file'] = 'needed') => ({ name, bytes, file: kept });

/** What STO-37 says; the lists of images are given one after the other. */
async function said(
  lists: readonly (readonly KeptFile[])[] | undefined,
  more: AnswerTable = {},
  keptIsAll?: () => Promise<boolean>,
) {
  let asked = 0;
  const kept = lists && (async () => lists[Math.min(asked++, lists.length - 1)] ?? []);
  const all = storageChecks(
    deploymentOf(),
    uses.map((use) => ({ ...use, ...(kept && { kept }), ...(keptIsAll && { keptIsAll }) })),
  );
  const checks = all.filter(({ id }) => id === 'sofs1-1/storage/STO-37/images');
  const connections = new Map([['sofs1-1', sessionOf('sofs1-1', { ...answers, ...more })]]);
  const signal = new AbortController().signal;
  const [result] = await runChecks(checks, { connections, emit: () => {}, signal });
  return result ?? expect.fail('no result');
}

it('STO-37 passes where every file has its image, and leaves probes and folders alone', async () => {
  expect(await said([[image('a')]])).toMatchObject({ verdict: 'pass', message: '1 files, 1 images' });
  expect(await said([[image('a', 9, 'possible')]])).toMatchObject({ verdict: 'pass' });
});

it('lists files without an image with their bytes, and images without a file', async () => {
  expect(await said([[]])).toMatchObject({
    verdict: 'warn',
    message: expect.stringMatching(/^1 files with 5 bytes belong to no image/),
    remedy: expect.stringContaining('remove the file by hand'),
    evidence: { filesWithoutImage: ['A 5 bytes'], imagesWithoutFile: [], otherSize: [] },
  });
  // A partial upload leaves its image queued.
  expect((await said([[image('a', 5, 'none')]])).verdict).toBe('warn');
  expect(await said([[image('a'), image('b')]])).toMatchObject({
    verdict: 'warn',
    evidence: { imagesWithoutFile: ['b'] },
  });
});

it('only files that are called by the id of an image can be removed, by who sees all images', async () => {
  const id = '0f0e0d0c-0b0a-0908-0706-050403020100';
  const more = { 'Get-Item': [file(id, 5), file('notes.txt', 1)] };
  const removable = async (isAll?: () => Promise<boolean>) => {
    const { evidence, remedy } = await said([[]], more, isAll);
    return [evidence.removable, evidence.folder, /--fix/.test(remedy ?? '')];
  };
  const folder = 'C:\\ClusterStorage\\Volume1\\images';
  expect(await removable(async () => true)).toEqual([[id], folder, true]);
  expect(await removable(async () => false)).toEqual([[], folder, false]);
  expect(await removable()).toEqual([[], folder, false]);
  const away = new RequestError('away', { service: 'keystone', method: 'POST', path: '/' });
  expect(await removable(() => Promise.reject(away))).toEqual([[], folder, false]);
});

it('11: a short image that is active fails', async () => {
  expect(await said([[image('a', 8)]])).toMatchObject({
    verdict: 'fail',
    evidence: { otherSize: ['a has 5 bytes, and its image 8'] },
  });
});

it('what came or went meanwhile is no orphan', async () => {
  expect((await said([[], [image('a')]])).verdict).toBe('pass');
  expect((await said([[image('a')], []])).verdict).toBe('pass');
  expect((await said([[image('a')], [image('a'), image('b')]])).verdict).toBe('pass');
});

it('never passes without having looked', async () => {
  const bad: readonly AnswerTable[] = [
    { 'Get-Item': [] },
    { 'Get-Item': refused('no') },
    { 'Get-Item': [{ Name: 'a' }] },
    { 'Get-DirectoryState': { exists: false } },
    { 'Get-SmbShare': [] },
  ];
  for (const more of bad) expect((await said([[image('a')]], more)).verdict).not.toBe('pass');
  expect((await said(undefined)).verdict).toBe('skip');
});

it.each([
  ['active', 'images', 'needed'],
  ['deactivated', 'other,images', 'needed'],
  ['active', 'other', 'none'],
  ['active', undefined, 'possible'],
  ['saving', undefined, 'possible'],
  ['queued', undefined, 'none'],
] as const)('an image that is %s in %s: its file is %s', (status, stores, expected) => {
  expect(fileOf({ status, stores }, ['images'], 2)).toBe(expected);
});

it('images are listed to the last page, hidden ones too', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const next = url.includes('marker') ? undefined : `${url}&marker=1`;
    const id = `image-${asked.length}`;
    response.end(JSON.stringify({ images: [{ id, status: 'active', size: 1 }], next }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { signal } = new AbortController();
  const found = await imagesClient({ access: fixedAccess({}), signal }).list({ service: 'g', url });
  server.closeAllConnections();
  server.close();
  expect(found.map(({ id }) => id)).toEqual(['image-1', 'image-2', 'image-3', 'image-4']);
  expect(asked.filter((one) => one.includes('os_hidden=true'))).toHaveLength(2);
});
