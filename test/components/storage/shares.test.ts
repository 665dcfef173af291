import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { declareStorage } from '../../../src/components/storage/shares.ts';
import { applySteps, type Outcome } from '../../../src/plan/apply/apply.ts';
import { makePlan } from '../../../src/plan/observe/make-plan.ts';
import { type Declaration, idOf } from '../../../src/resources/model/resource.ts';
import type { Deployment, Share } from '../../../src/site/deployment.ts';
import { aDeployment, images } from '../../fixtures/deployment.ts';
import { standInSession } from '../../fixtures/stand-in-session.ts';
import { aSimulatedNode, temporaryFolder } from '../../sandbox/stand-ins.ts';

const { folder, remove } = await temporaryFolder();
afterAll(remove);

function site(share: Partial<Share> = {}, storage: readonly string[] = ['sofs1-1']): Deployment {
  const bare = aDeployment()
    .withNode('glance-1')
    .with({ shares: { images: { ...images, ...share } } });
  return storage.reduce((one, name) => one.withNode(name, { roles: ['storage'] }), bare).build();
}

function desiredStateOf(declared: readonly Declaration[], id: string): unknown {
  return declared.find((one) => idOf(one) === id)?.spec;
}

describe('declareStorage', () => {
  test('makes the folder of a scale-out share, then the share in the scope of its path', () => {
    const declared = declareStorage(site());
    expect(declared.map(idOf)).toEqual([
      'sofs1-1/storage/directory/images',
      'sofs1-1/storage/folder-attributes/images',
      'sofs1-1/storage/smb-share/images',
    ]);
    expect(desiredStateOf(declared, 'sofs1-1/storage/directory/images')).toEqual({
      ensure: 'present',
      path: images.folder,
      access: [
        { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
        { account: 'BUILTIN\\Administrators', rights: 'FullControl' },
        { account: 'EXAMPLE\\glance$', rights: 'FullControl' },
      ],
    });
    expect(desiredStateOf(declared, 'sofs1-1/storage/smb-share/images')).toEqual({
      ensure: 'present',
      name: 'images',
      scope: 'sofs1',
      path: images.folder,
      continuouslyAvailable: true,
      encrypt: true,
      access: [{ account: 'EXAMPLE\\glance$', rights: 'Full' }],
    });
  });

  test('gives a share of one server to that server, and one of a cluster to the first of its members', () => {
    const smb = { kind: 'smb', path: '\\\\files-2\\images', folder: 'D:\\images' } as const;
    const [, , alone] = declareStorage(site(smb, ['files-1', 'files-2']));
    expect(alone?.node).toBe('files-2');
    expect(alone?.spec).not.toHaveProperty('scope');
    expect(declareStorage(site({}, ['member-1', 'member-2'])).map(({ node }) => node)).toEqual([
      'member-1',
      'member-1',
      'member-1',
    ]);
  });

  test('makes only the folder of a cluster shared volume', () => {
    const path = 'C:\\ClusterStorage\\Volume1\\images';
    const { folder: _, ...bare } = images;
    const declared = declareStorage({ ...site(), shares: { images: { ...bare, kind: 'csv', path } } });
    expect(declared.map(idOf)).toEqual([
      'sofs1-1/storage/directory/images',
      'sofs1-1/storage/folder-attributes/images',
    ]);
    expect(declared[0]?.spec).toMatchObject({ path });
  });

  test('leaves a share alone that is there already, and one whose node is left out', () => {
    expect(declareStorage(site({ manage: false }))).toEqual([]);
    expect(declareStorage(site({}, []))).toEqual([]);
  });
});

describe('a share on a stand-in node', () => {
  const forever = new AbortController().signal;

  test('is made once, brought back after changes by hand, and ended without its folder', async () => {
    const node = await aSimulatedNode(join(folder, 'one'));
    const session = standInSession(node);
    const connections = new Map([['sofs1-1', session]]);
    const declared = declareStorage(site());
    const run = (spec: readonly Declaration[]): Promise<Outcome> =>
      applySteps(spec, connections, { emit: () => {}, stop: forever, abort: forever });
    expect(await run(declared)).toMatchObject({ changed: 2, unchanged: 1, failed: 0 });
    // A look at the 8.3 names of the volume is a program that runs.
    const changing = () => session.changing.filter((call) => call !== 'Invoke-Process').length;
    const calls = changing();
    expect(await run(declared)).toMatchObject({ changed: 0, unchanged: 3 });
    expect(changing()).toBe(calls);

    const named = { name: 'images', scope: 'sofs1' };
    const access = [{ account: 'Everyone', rights: 'Full' }];
    await session.call({ call: 'Set-ShareAccess', ...named, access });
    await session.call({ call: 'Set-Share', ...named, continuouslyAvailable: false, encryptData: true });
    const made = await makePlan({ name: 'images', release: '2024.2' }, declared, connections);
    expect(made.steps[2]?.changes.map(({ property }) => property)).toEqual([
      'continuouslyAvailable',
      'access',
    ]);
    expect(await run(declared)).toMatchObject({ changed: 1, unchanged: 2 });

    const gone = declared
      .slice(2)
      .map((one) => ({ ...one, needs: [], spec: { ensure: 'absent', ...named } }));
    expect(await run(gone)).toMatchObject({ changed: 1 });
    expect(await run(gone)).toMatchObject({ unchanged: 1 });
    expect(await session.call({ call: 'Get-FileState', path: images.folder })).toMatchObject({
      kind: 'directory',
    });
  });

  test('is on a volume that is made for it, once, and loses what a share may not have', async () => {
    const node = await aSimulatedNode(join(folder, 'two'));
    const session = standInSession(node);
    const connections = new Map([['sofs1-1', session]]);
    const path = 'C:\\ClusterStorage\\Glance\\images';
    const volume = { size: 2 ** 40, resiliency: 'mirror' } as const;
    const other = {
      ...images,
      name: 'other',
      path: '\\\\sofs1\\other',
      folder: 'C:\\ClusterStorage\\glance\\other',
    };
    const base = site({ folder: path, volume });
    const declared = declareStorage({ ...base, shares: { ...base.shares, other: { ...other, volume } } });
    const volumes = declared.filter(({ resource }) => resource.kind === 'storage-volume');
    expect(volumes.map(({ name }) => name)).toEqual(['Glance', 'glance']);
    const run = (): Promise<Outcome> =>
      applySteps(declared, connections, { emit: () => {}, stop: forever, abort: forever });
    expect(await run()).toMatchObject({ changed: 5, failed: 0 });
    const disks = await session.call({
      call: 'Invoke-Cmdlet',
      name: 'Get-VirtualDisk',
      parameters: {},
      select: ['FriendlyName', 'Size'],
    });
    expect(disks).toEqual([
      { FriendlyName: 'Volume1', Size: 2 ** 41 },
      { FriendlyName: 'Glance', Size: 2 ** 40 },
    ]);
    const program = (file: string, ...words: readonly string[]) =>
      session.call({ call: 'Invoke-Process', file, arguments: words, timeout: 9 });
    await program('compact.exe', '/C', path);
    await program('fsutil.exe', '8dot3name', 'set', 'C:\\ClusterStorage\\Glance', '0');
    const plan = await makePlan({ name: 'images', release: '2024.2' }, declared, connections);
    const differing = plan.steps.filter(({ changes }) => changes.length > 0);
    expect(differing.map(({ kind, changes }) => [kind, changes.map(({ property }) => property)])).toEqual([
      ['folder-attributes', ['compressed', 'shortNames']],
      // The volume is the same: when the first is done, so is this one.
      ['folder-attributes', ['shortNames']],
    ]);
    expect(await run()).toMatchObject({ changed: 1, failed: 0 });
    expect(await run()).toMatchObject({ changed: 0, failed: 0 });
  });

  test('of one server has the limit of its folder', async () => {
    const node = await aSimulatedNode(join(folder, 'three'));
    const connections = new Map([['files-1', standInSession(node)]]);
    const smb = { kind: 'smb', path: '\\\\files-1\\images', folder: 'C:\\images' } as const;
    const limited = (quota: number) =>
      declareStorage(site({ ...smb, continuouslyAvailable: false, quota }, ['files-1']));
    const run = (declared: readonly Declaration[]): Promise<Outcome> =>
      applySteps(declared, connections, { emit: () => {}, stop: forever, abort: forever });
    expect(limited(2 ** 40).map(({ resource }) => resource.kind)).toEqual([
      'directory',
      'folder-attributes',
      'folder-quota',
      'smb-share',
    ]);
    expect(await run(limited(2 ** 40))).toMatchObject({ changed: 3, failed: 0 });
    expect(await run(limited(2 ** 41))).toMatchObject({ changed: 1, failed: 0 });
    expect(await run(limited(2 ** 41))).toMatchObject({ changed: 0, failed: 0 });
  });
});
