import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deactivation } from '../../../../src/components/glance/checks/deactivate.ts';
import { importCheck } from '../../../../src/components/glance/checks/import.ts';
import { type ImageProof, roundTripChecks } from '../../../../src/components/glance/checks/round-trip.ts';
import { storedFile } from '../../../../src/components/glance/checks/stored.ts';
import { fixedAccess } from '../../../../src/openstack/access.ts';
import type { DiskFormat } from '../../../../src/openstack/disk-formats.ts';
import type { AgentCall } from '../../../../src/session/session.ts';
import type { Share } from '../../../../src/site/deployment.ts';
import { httpHealthCheck } from '../../../../src/verify/checks/http-health.ts';
import { runChecks } from '../../../../src/verify/run-checks.ts';
import { aDeployment, images } from '../../../fixtures/deployment.ts';
import { type FakeGlance, FakeShare, type Fault, fakeGlance } from '../../../fixtures/fake-glance.ts';
import { type AnswerTable, refused, sessionOf } from '../../../verify/storage/harness.ts';

const bytes = 70_001;
let share: FakeShare;
let nodes: readonly [FakeGlance, FakeGlance];
beforeEach(async () => {
  share = new FakeShare();
  nodes = [await fakeGlance(share), await fakeGlance(share)];
});
afterEach(async () => {
  for (const node of nodes) await node.close();
});

interface Tried {
  readonly format?: DiskFormat;
  readonly stores?: readonly string[];
  readonly proofs?: readonly ImageProof[];
  /** What nodes of the site answer, by name. */
  readonly answers?: Readonly<Record<string, AnswerTable>>;
}

/** All checks of images of two nodes; nothing may be left of any of them. */
async function tried({ answers = {}, format = 'raw', ...more }: Tried) {
  const services = nodes.map(({ url }, index) => ({ service: `glance-${index + 1}`, url }));
  const common = { access: fixedAccess({}), bytes, format, needs: [] };
  const checks = [
    ...services.map(({ service, url }) =>
      httpHealthCheck({ component: 'glance', node: service, url: `${url}/healthcheck` }),
    ),
    ...roundTripChecks({ ...common, ...more, services }),
    ...services.map((from) => importCheck({ ...common, from })),
  ];
  const connections = new Map(Object.entries(answers).map(([name, table]) => [name, sessionOf(name, table)]));
  const { signal } = new AbortController();
  const results = await runChecks(checks, { connections, emit: () => {}, signal });
  expect(share.images.size).toBe(0);
  const notPassed = results.filter(({ verdict }) => verdict !== 'pass');
  return {
    all: results.map(({ node, check }) => `${node}/${check}`),
    found: (check: string) => results.find((one) => one.check === check) ?? expect.fail(`no ${check}`),
    notPassed: notPassed.map(
      ({ node, check, verdict, message }) => `${verdict} ${node}/${check}: ${message}`,
    ),
  };
}

describe('an image of each store and format', () => {
  it.each(['qcow2', 'vhd', 'vhdx'] as const)('is taken and given as %s', async (format) => {
    const { notPassed, found } = await tried({ format });
    expect(notPassed).toEqual([]);
    expect(found('glance/upload').message).toMatch(new RegExp(`^${bytes} bytes as ${format}`));
  });

  it('goes into each store, beside the default one, and comes back through the other node', async () => {
    const { notPassed, all } = await tried({ stores: ['spare'] });
    expect(notPassed).toEqual([]);
    expect(all.filter((id) => id.includes('spare'))).toEqual([
      ...['create/spare', 'upload/spare'].map((name) => `glance-1/glance/${name}`),
      'glance-2/glance/read/glance-1/spare',
      ...['delete/spare', 'gone/spare'].map((name) => `glance-1/glance/${name}`),
      ...['create/spare', 'upload/spare'].map((name) => `glance-2/glance/${name}`),
      'glance-1/glance/read/glance-2/spare',
      ...['delete/spare', 'gone/spare'].map((name) => `glance-2/glance/${name}`),
    ]);
  });

  it('fails where it is in another store than was asked', async () => {
    nodes[1].faults.add('says-other-store');
    const { notPassed } = await tried({ stores: ['spare'] });
    expect(notPassed).toEqual([
      'fail glance-2/glance/read/glance-1/spare: the image is in images, not in spare',
    ]);
  });
});

describe('deactivation', () => {
  const known = (fault: Fault | undefined, administrator: boolean) => {
    if (fault) nodes[1].faults.add(fault);
    return tried({ proofs: [deactivation(async () => administrator)] });
  };

  it('is known and heeded by every node, and undone', async () => {
    const { notPassed, found } = await known(undefined, false);
    expect(notPassed).toEqual([]);
    expect(found('glance/deactivate').message).toBe('every node withholds it while it is deactivated');
    expect(nodes[0].log).toContain('GET /v2/images/ID/file 403');
  });

  it('says that it is not shown to be heeded where an administrator asks', async () => {
    const { notPassed, found } = await known('gives-deactivated', true);
    expect(notPassed).toEqual([]);
    expect(found('glance/deactivate').message).toContain('is not shown, as an administrator asks');
  });

  it.each([
    ['gives-deactivated', /^fail glance-1.*deactivate: glance-2 gives a deactivated image/],
    ['knows-no-deactivation', /^fail glance-1.*deactivate: glance-2 has the image as active/],
    ['stays-deactivated', /^fail glance-2.*deactivate: the image is deactivated after it was reactivated/],
    ['forbids-deactivation', /^skip glance-2.*deactivate: the user of the service may not/],
  ] as const)('of a node that %s is told', async (fault, expected) => {
    expect((await known(fault, false)).notPassed).toEqual(
      expect.arrayContaining([expect.stringMatching(expected)]),
    );
  });
});

describe('an import', () => {
  it('brings the data in, and is skipped with what the service offers in its place', async () => {
    const { found } = await tried({});
    expect(found('glance/import').message).toMatch(/^70001 bytes of an import, both checksums equal/);
    share.imports = ['web-download'];
    expect((await tried({})).notPassed).toEqual(
      ['glance-1', 'glance-2'].map(
        (node) => `skip ${node}/glance/import: the service offers web-download, and not glance-direct`,
      ),
    );
    share.imports = undefined;
    expect((await tried({})).notPassed[0]).toBe('skip glance-1/glance/import: the service offers no import');
  });

  it('that ends without its data fails, and its image is deleted', async () => {
    nodes[0].faults.add('imports-nothing');
    expect((await tried({})).notPassed).toEqual([
      'fail glance-1/glance/import: the import left the image queued',
    ]);
  });
});

describe('the file on the share', () => {
  const row = { Name: 'images', ScopeName: 'sofs1', Path: 'C:\\ClusterStorage\\Volume1\\images' };
  const stored = (more: Partial<Share> = {}, roles: readonly ('glance' | 'storage')[] = ['storage']) => {
    const own = { ...images, ...more };
    return storedFile(
      aDeployment()
        .withNode('glance-1')
        .withNode('glance-2')
        .withNode('s2d-1', { roles })
        .withGlance({ stores: [{ name: 'images', type: 'file', default: true, share: own, options: {} }] })
        .with({ shares: { images: own } })
        .build(),
    );
  };
  /** What the other side has of an image, changed. */
  const file = (change: (data: Buffer) => Buffer) => ({
    'Get-SmbShare': [row],
    'Get-FileState'({ path }: AgentCall) {
      const [, folder, id = ''] = /^(.*)\\([^\\]+)$/.exec(String(path)) ?? [];
      const found = folder === row.Path && share.images.get(id);
      if (!found) return { kind: 'absent' };
      const data = change(found.bytes);
      return { kind: 'file', length: data.length, sha256: createHash('sha256').update(data).digest('hex') };
    },
  });
  const same = (data: Buffer): Buffer => data;
  const said = async (answers: AnswerTable, proof = stored()) =>
    (await tried({ proofs: [proof], answers: { 's2d-1': answers } })).notPassed;

  it('is looked at where it is, and is what was sent', async () => {
    expect(await said(file(same))).toEqual([]);
    const csv = stored({ kind: 'csv', path: row.Path });
    const answers = { 'glance-1': file(same), 'glance-2': file(same) };
    expect((await tried({ proofs: [csv], answers })).notPassed).toEqual([]);
  });

  it.each([
    ['is short', file((data) => data.subarray(1)), /^fail .*the file has 70000 bytes, sent were 70001/],
    ['is other data', file((data) => Buffer.alloc(data.length)), /^fail .*has other data than was sent/],
    ['is not there', { ...file(same), 'Get-FileState': { kind: 'absent' } }, /^fail .*has no file/],
    ['is not told', { ...file(same), 'Get-FileState': refused('no') }, /^fail .*no/],
    ['is told without a hash', { ...file(same), 'Get-FileState': { kind: 'file', length: bytes } }, /^fail /],
    ['is on a share that is not found', { ...file(same), 'Get-SmbShare': [] }, /^skip .*STO-21/],
  ])('that %s does not pass', async (_, answers, expected) => {
    const notPassed = await said(answers);
    expect(notPassed).toHaveLength(2);
    expect(notPassed[0]).toMatch(/s2d-1\/glance\/stored\/glance-1: /);
    for (const line of notPassed) expect(line).toMatch(expected);
  });

  it('is not looked at where the site names nobody who has it', async () => {
    const notPassed = await said({}, stored({}, ['glance']));
    expect(notPassed[0]).toMatch(/^skip glance-1\/glance\/stored\/glance-1: the site names no node of sofs1/);
  });
});
