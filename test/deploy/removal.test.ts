import { afterAll, expect, test } from 'vitest';
import { declareStorage } from '../../src/components/storage/shares.ts';
import { declareGiven, declareRemoval } from '../../src/deploy/removal.ts';
import { apply } from '../../src/plan/apply.ts';
import { idOf } from '../../src/resources/resource.ts';
import type { Share } from '../../src/site/deployment.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { standInSession } from '../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

const images: Share = {
  name: 'images',
  kind: 'smb',
  path: '\\\\files-1\\images',
  folder: 'C:\\images',
  manage: true,
  access: ['EXAMPLE\\glance$'],
  continuouslyAvailable: false,
  encrypt: false,
  free: { warn: 20, fail: 10 },
};

test('a share is ended where a run from here has made it, after the services, and is named where not', async () => {
  const deployment = aDeployment()
    .withNode('glance-1')
    .withNode('files-1', { roles: ['storage'] })
    .with({ shares: { images } })
    .build();
  const never = new AbortController().signal;
  const session = standInSession(await aSimulatedNode(folder));
  const reached = new Map([['files-1', session]]);
  await apply(declareStorage(deployment), reached, { emit: () => {}, stop: never, abort: never });
  const share = 'files-1/smb-share/images';
  const removal = (made: ReadonlyMap<string, { readonly name: string }>) =>
    declareRemoval(deployment, declareGiven(deployment, true), { made, data: false }, reached);

  const ours = await removal(new Map([[share, { name: 'images' }]]));
  const end = ours.declared.find((one) => idOf(one) === share) ?? expect.fail('it is not ended');
  expect(end.wanted).toMatchObject({ ensure: 'absent', name: 'images' });
  expect(end.after).toContain('glance-1/service/oriel-glance-api');
  expect(ours.declared.filter(({ node }) => node === 'files-1')).toEqual([end]);
  expect(ours.left.join()).not.toContain(share);

  const others = await removal(new Map([[share, { name: 'other' }]]));
  expect(others.declared.map(idOf)).not.toContain(share);
  expect(others.left).toContain(`${share}, which no run from here has made`);
});
