import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { verify } from '../../src/commands/inspect/verify.ts';
import { InputError } from '../../src/errors.ts';
import { type FakeGlance, FakeShare, fakeGlance } from '../fixtures/fake-glance.ts';
import { runVerb } from './verb.ts';

const root = mkdtempSync(join(tmpdir(), 'oriel-verify-'));
afterAll(() => rm(root, { recursive: true }));

const nowhere = 'http://127.0.0.1:9/v3';

/** A site of one node, whose image service is at a port of loopback and whose agent nobody reaches. */
async function aSite(port = 9, keystone = ''): Promise<string> {
  const path = join(await mkdtemp(join(root, 'site-')), 'site.yaml');
  const text = `name: images
release: "2024.2"
storage: { shares: { images: { kind: smb, path: '\\\\files.example.org\\images' } } }
components:
  glance:
    bind: { port: ${port} }
    database: { connection: "mysql+pymysql://glance@db.example.org/glance" }
    stores: { images: { share: images, default: true } }${keystone}
nodes:
  glance-1: { address: 127.0.0.1, via: ssh, user: oriel, port: 9, known_hosts: ./known_hosts }
`;
  await writeFile(path, text);
  await writeFile(join(path, '../known_hosts'), '');
  return path;
}

const ask = async (...flags: readonly string[]) => runVerb(verify, ['verify', await aSite(), ...flags]);

async function whileServed<Result>(
  body: (glance: FakeGlance, share: FakeShare, port: number) => Promise<Result>,
) {
  const share = new FakeShare();
  const glance = await fakeGlance(share);
  try {
    return await body(glance, share, Number(new URL(glance.url).port));
  } finally {
    await glance.close();
  }
}

describe('oriel verify', () => {
  test('--list shows the checks and runs none, also as JSON', async () => {
    const { code, printed, facts } = await ask('--list');
    expect([code, facts.filter(({ kind }) => kind !== 'note')]).toEqual([0, []]);
    const ids = printed.split('\n').map((line) => line.split(' ')[0] ?? '');
    expect(ids.filter((id) => !id.includes('/storage/'))).toEqual(
      [
        ...[
          'workers',
          'health',
          'create',
          'upload',
          'read',
          'stored/glance-1',
          'deactivate',
          'delete',
          'gone',
        ],
        ...['import', 'share-handles', 'log'],
      ].map((name) => `glance-1/glance/${name}`),
    );
    expect(ids).toContain('files.example.org/storage/STO-21/images');
    const [first] = JSON.parse((await ask('--list', '--format', 'json')).printed);
    expect(first).toMatchObject({ id: 'glance-1/glance/workers', node: 'glance-1', needs: [] });
    expect(first).toMatchObject({ title: expect.any(String), why: expect.any(String) });
  });

  test('--list has what is asked of Keystone where the site has one', async () => {
    const keystone = `\n    keystone: { auth_url: "${nowhere}", password: { secret: keystone_password } }\nsecrets: [{ command: [echo, "value of {name}"] }]`;
    const site = await aSite(9, keystone);
    const { printed } = await runVerb(verify, ['verify', site, '--list', '--only', 'keystone/**']);
    expect(printed).toMatch(/^keystone\/glance\/catalogue .*\nkeystone\/glance\/token /);
  });

  test('--explain says what a check tries, why, after what, and what to do', async () => {
    const { code, printed } = await ask('--explain', 'glance/upload');
    expect(code).toBe(0);
    expect(printed).toMatch(/^glance-1\/glance\/upload: upload an image\n {2}why {12}It needs the share/);
    expect(printed).toContain('  needs          glance-1/glance/create');
    expect(printed).toContain('  when it fails  see glance-api.log');
    await expect(ask('--explain', 'glance/uplod')).rejects.toThrow('did you mean `glance/upload`?');
    await expect(ask('--only', 'nothing')).rejects.toThrow(InputError);
  });

  test('names the checks of storage by their number, for every share', async () => {
    const { printed } = await ask('--list', '--only', 'STO-2*');
    const numbers = printed.split('\n').map((line) => line.split('/')[2]);
    expect(numbers.length).toBeGreaterThan(5);
    // What cleans up after the probe runs with it.
    expect(numbers.filter((number) => !number?.startsWith('STO-2'))).toEqual(['probe-end']);
    const explained = await ask('--explain', 'STO-12');
    expect(explained.printed).toMatch(
      /^files\.example\.org\/storage\/STO-12: .*\n {2}why {12}Two nodes without a witness/,
    );
    expect(explained.printed).toContain('  when it fails  Set-ClusterQuorum');
  });

  test('--only runs what is named and what that needs; 0 where all pass', async () => {
    await whileServed(async (glance, share, port) => {
      const flags = ['--only', 'health', '--only', 'read', '--format', 'json'];
      const { code, printed } = await runVerb(verify, ['verify', await aSite(port), ...flags]);
      const { ok, checks } = JSON.parse(printed);
      const names = ['health', 'create', 'upload', 'read', 'delete', 'gone'];
      expect({ code, ok }).toEqual({ code: 0, ok: true });
      expect(checks.map(({ check }: { check: string }) => check)).toEqual(
        names.map((name) => `glance/${name}`),
      );
      expect(checks).toContainEqual(expect.objectContaining({ check: 'glance/read', verdict: 'pass' }));
      expect(glance.log.at(-1)).toBe('GET /v2/images/ID 404');
      expect(share.images.size).toBe(0);
    });
  }, 60_000);

  test('ends with 1 where a check fails, and says of the others why they were skipped', async () => {
    await whileServed(async (glance, _, port) => {
      glance.faults.add('sick');
      const { code, printed } = await runVerb(verify, ['verify', await aSite(port)]);
      expect(code).toBe(1);
      expect(printed).toMatch(/^fail {2}glance-1 +glance\/workers +/m);
      expect(printed).toMatch(/^fail {2}glance-1 +glance\/health +GET .*status 503, not 200/m);
      expect(printed).toMatch(
        /^skip {2}glance-1 +glance\/create +needs glance-1\/glance\/health, which failed/m,
      );
      expect(printed).toMatch(
        /^skip {2}files\.example\.org {2}storage\/STO-21\/images +the site names no node/m,
      );
      expect(printed).toMatch(/^verify: \d+ fail, \d+ skip$/m);
    });
  }, 60_000);
});
