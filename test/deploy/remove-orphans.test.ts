import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ConsentFlags } from '../../src/deploy/consent.ts';
import { removeOrphans } from '../../src/deploy/orphans/remove-orphans.ts';
import { lastRuns } from '../../src/plan/journal/runs.ts';
import { openStateFolder } from '../../src/plan/run/state-folder.ts';
import type { Deployment } from '../../src/site/deployment.ts';
import { aCluster, share } from '../drill/cluster.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { type FakeGlance, FakeShare, fakeGlance } from '../fixtures/fake-glance.ts';
import { aTerminal } from '../fixtures/terminal.ts';
import { temporaryFolder } from '../sandbox/stand-ins.ts';
import { standInSession } from '../verify/storage/stand-in-session.ts';

const orphan = '0f0e0d0c-0b0a-0908-0706-050403020100';
const image = '1f0e0d0c-0b0a-0908-0706-050403020100';
let place: Awaited<ReturnType<typeof temporaryFolder>>;
let glance: FakeGlance;
let records: FakeShare;
let deployment: Deployment;
let store: string;
let session: ReturnType<typeof standInSession>;

beforeEach(async () => {
  place = await temporaryFolder();
  records = new FakeShare();
  glance = await fakeGlance(records);
  const [node] = (await aCluster(place.folder)).nodes;
  if (!node) throw new Error('no node');
  session = standInSession(node);
  store = node.backing.hostPath('C:\\ClusterStorage\\Volume1\\images');
  mkdirSync(store, { recursive: true });
  for (const name of [orphan, image, 'notes.txt']) writeFileSync(join(store, name), 'data');
  record(image);
  const { port } = new URL(glance.url);
  const own = { name: 'images', type: 'file', default: true, share, options: {} } as const;
  deployment = aDeployment()
    .withNode('glance-1', { address: '127.0.0.1' })
    .withNode('s2d-1', { roles: ['storage'] })
    .withGlance({ bind: { host: 'node', port: Number(port), firewall: false }, stores: [own] })
    .with({ shares: { images: share }, directory: place.folder })
    .build();
});
afterEach(async () => {
  await glance.close();
  await place.remove();
});

function record(id: string): void {
  const bytes = Buffer.from('data');
  records.images.set(id, { id, bytes, status: 'active', name: 'an image', created: '2026-01-01T00:00:00Z' });
}

/** `--fix` on that terminal; `meanwhile` happens while somebody thinks about the answer. */
async function fixed(flags: ConsentFlags, answer?: boolean, meanwhile: () => void = () => {}) {
  const terminal = answer === undefined ? aTerminal() : aTerminal(answer);
  const ask = async (question: string): Promise<boolean> => {
    meanwhile();
    return (await terminal.ask?.(question)) ?? false;
  };
  const context = { ...terminal, ...(terminal.ask && { ask }), open: async () => session };
  const code = await removeOrphans(deployment, flags, context);
  return { code, terminal, files: readdirSync(store).sort() };
}

it('shows what belongs to no image as a plan, asks, and removes that alone', async () => {
  const { code, terminal, files } = await fixed({}, true);
  expect([code, files]).toEqual([0, [image, 'notes.txt']]);
  expect(terminal.questions).toEqual(['Remove 1 files that belong to no image?']);
  expect(terminal.printed.join()).toContain(`storage/file/${orphan}`);
  expect(terminal.printed.join()).not.toContain(image);
  const { journal } = await openStateFolder(deployment);
  expect((await lastRuns(journal, 1)).runs).toMatchObject([{ verb: 'verify', result: 'done', changed: 1 }]);
});

it('removes nothing where the answer is no, and asks nobody where there is nothing', async () => {
  expect(await fixed({}, false)).toMatchObject({ code: 1, files: [orphan, image, 'notes.txt'].sort() });
  record(orphan);
  const { code, terminal } = await fixed({}, false);
  expect([code, terminal.questions]).toEqual([0, []]);
});

it('leaves a file to which an image came while somebody thought about it', async () => {
  const { files } = await fixed({}, true, () => record(orphan));
  expect(files).toContain(orphan);
});

it('needs somebody who agrees, and says so in the words of every verb', async () => {
  await expect(fixed({})).rejects.toThrow('verify --fix needs an interactive terminal (or --yes)');
  expect((await fixed({ yes: true })).files).toEqual([image, 'notes.txt']);
});

it('fails where it could not look', async () => {
  await glance.close();
  expect(await fixed({ yes: true })).toMatchObject({ code: 1, files: [orphan, image, 'notes.txt'].sort() });
  glance = await fakeGlance(records);
});

it('is bad input where no node of the site has the share', async () => {
  deployment = { ...deployment, nodes: deployment.nodes.filter(({ name }) => name !== 's2d-1') };
  await expect(fixed({ yes: true })).rejects.toThrow('the site names no node that has the share');
});
