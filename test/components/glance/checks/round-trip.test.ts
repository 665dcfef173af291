import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentDigests, contentOf } from '../../../../src/components/glance/checks/content.ts';
import { roundTripChecks } from '../../../../src/components/glance/checks/round-trip.ts';
import type { Fact } from '../../../../src/events/events.ts';
import { fixedAccess } from '../../../../src/openstack/access.ts';
import { Secret } from '../../../../src/secret.ts';
import { httpHealthCheck } from '../../../../src/verify/checks/http-health.ts';
import { runChecks } from '../../../../src/verify/run-checks.ts';
import { type FakeGlance, FakeShare, type Fault, fakeGlance } from '../../../fixtures/fake-glance.ts';

const bytes = 600_001;
let share: FakeShare;
let nodes: FakeGlance[];

beforeEach(async () => {
  share = new FakeShare();
  nodes = [await fakeGlance(share), await fakeGlance(share)];
});
afterEach(async () => {
  for (const node of nodes) await node.close();
});

/** The checks of nodes at these URLs. */
function checksOf(urls: readonly string[]) {
  const services = urls.map((url, index) => ({ service: `glance-${index + 1}`, url }));
  const access = fixedAccess({ 'X-Auth-Token': new Secret('token', 'canary-token') });
  return [
    ...services.map(({ service, url }) =>
      httpHealthCheck({ component: 'glance', node: service, url: `${url}/healthcheck` }),
    ),
    ...roundTripChecks({ services, access, bytes }),
  ];
}

async function verifyAll(options: { signal?: AbortSignal; onFact?: (fact: Fact) => void } = {}) {
  const facts: Fact[] = [];
  const results = await runChecks(checksOf(nodes.map(({ url }) => url)), {
    connections: new Map(),
    emit(fact) {
      facts.push(fact);
      options.onFact?.(fact);
    },
    signal: options.signal ?? new AbortController().signal,
  });
  const named = (verdict: string): readonly string[] =>
    results.filter((one) => one.verdict === verdict).map(({ node, check }) => `${node}/${check}`);
  return { results, facts, failed: named('fail'), skipped: named('skip') };
}

describe('content', () => {
  test('is the same for a seed, other for another, of any length', () => {
    const raw = (image: string) => ({ image, format: 'raw' }) as const;
    const whole = Buffer.concat([...contentOf(raw('a'), bytes)]);
    expect(whole.length).toBe(bytes);
    expect(Buffer.concat([...contentOf(raw('a'), 1000)])).toEqual(whole.subarray(0, 1000));
    expect(Buffer.concat([...contentOf(raw('b'), 1000)])).not.toEqual(whole.subarray(0, 1000));
    expect([...contentOf(raw('a'), 0)]).toEqual([]);
    const md5 = createHash('md5').update(whole).digest('hex');
    expect(contentDigests(raw('a'), bytes, ['md5'])).toEqual({ bytes, hashes: { md5 } });
  });
});

describe('checks', () => {
  test('read each image through every other node; a single node reads its own', () => {
    const ids = (count: number): readonly string[] =>
      checksOf(new Array(count).fill('http://127.0.0.1')).map(({ id }) => id.replaceAll('glance-', ''));
    expect(ids(3).filter((id) => id.includes('/read'))).toEqual([
      ...['2/glance/read/1', '3/glance/read/1', '1/glance/read/2'],
      ...['3/glance/read/2', '1/glance/read/3', '2/glance/read/3'],
    ]);
    expect(ids(1)).toEqual([
      ...['1/glance/health', '1/glance/create', '1/glance/upload'],
      ...['1/glance/read', '1/glance/delete', '1/glance/gone'],
    ]);
  });
});

describe('verify', () => {
  test('two nodes that share their images all pass, and nothing is left', async () => {
    const { results, failed, skipped, facts } = await verifyAll();
    expect([...failed, ...skipped]).toEqual([]);
    expect(results).toHaveLength(12);
    const upload = results.find(({ node, check }) => node === 'glance-1' && check === 'glance/upload');
    const read = results.find(({ node, check }) => node === 'glance-2' && check === 'glance/read/glance-1');
    const { md5, sha512 } = upload?.evidence ?? {};
    expect(md5).toMatch(/^[0-9a-f]{32}$/);
    expect(read?.evidence).toMatchObject({ bytes, md5, sha512 });
    expect(share.images.size).toBe(0);
    expect(nodes[0]?.tokens.every((token) => token === 'canary-token')).toBe(true);
    expect(JSON.stringify(facts)).not.toContain('canary-token');
  });

  const faults: readonly (readonly [Fault, RegExp])[] = [
    ['corrupts', /md5 read is .* sent was/],
    ['truncates', /bytes read is 600000, sent was 600001/],
    ['says-wrong-hash', /sha512 said is/],
    ['loses-data', /status 204, not 200/],
    ['drops-reads', /broke off/],
    ['appends', /longer than 600001 bytes/],
    ['wrong-part', /a part of the image is not that part/],
    ['says-other-format', /the image is iso, sent was raw/],
    ['says-nonsense', /the answer makes no sense: .* at status/],
  ];
  test.each(faults)(
    'a second node that %s fails where it reads, and the image goes all the same',
    async (fault, words) => {
      nodes[1]?.faults.add(fault);
      const { results, failed } = await verifyAll();
      expect(failed).toEqual(['glance-2/glance/read/glance-1']);
      expect(results.find(({ verdict }) => verdict === 'fail')?.message).toMatch(words);
      expect(share.images.size).toBe(0);
    },
  );

  test('a service that gives whole images alone passes, and its evidence says so', async () => {
    nodes[1]?.faults.add('whole-only');
    const { results, failed } = await verifyAll();
    expect(failed).toEqual([]);
    const read = (node: string) =>
      results.find((one) => one.node === node && one.check.startsWith('glance/read'))?.evidence.ranges;
    expect([read('glance-1'), read('glance-2')]).toEqual(['a part was read too', 'whole images alone']);
  });

  test('an image that a killed run left an hour ago is deleted, and one of a run beside it is not', async () => {
    const left = (id: string, minutes: number) => ({
      ...{ id, status: 'queued', bytes: Buffer.alloc(0), name: 'oriel-verify-glance-1' },
      created: new Date(Date.now() - minutes * 60_000).toISOString(),
    });
    for (const one of [left('old', 61), left('new', 59)]) share.images.set(one.id, one);
    const { results } = await verifyAll();
    expect(results.find(({ check }) => check === 'glance/create')).toMatchObject({
      message: expect.stringMatching(/; 1 of earlier runs deleted$/),
      evidence: { removed: ['old'] },
    });
    expect([...share.images.keys()]).toEqual(['new']);
  });

  test('a node whose store was away says what to do, is not read, and leaves no image', async () => {
    nodes[0]?.faults.add('refuses-uploads');
    const { results, failed, skipped } = await verifyAll();
    expect(failed).toEqual(['glance-1/glance/upload']);
    expect(skipped).toEqual(['glance-2/glance/read/glance-1']);
    expect(results.find(({ verdict }) => verdict === 'fail')).toMatchObject({
      message: expect.stringMatching(/410.*Error in store configuration.*req-1/),
      remedy: expect.stringContaining('restart the service'),
    });
    expect(results.find(({ check }) => check === 'glance/read/glance-1')?.message).toBe(
      'needs glance-1/glance/upload, which failed',
    );
    expect(share.images.size).toBe(0);
  });

  test('a node that breaks down after it took an image has it deleted through another', async () => {
    const { failed } = await verifyAll({
      onFact: (fact) => {
        if (fact.kind === 'check-finished' && fact.check === 'glance/read/glance-1') void nodes[0]?.close();
      },
    });
    expect(failed).toContain('glance-1/glance/gone');
    expect(failed).not.toContain('glance-1/glance/delete');
    expect(share.images.size).toBe(0);
    nodes = nodes.slice(1);
  });

  test('a sick node is not asked for more', async () => {
    nodes[0]?.faults.add('sick');
    const { failed, skipped } = await verifyAll();
    expect(failed).toEqual(['glance-1/glance/health']);
    expect(skipped[0]).toBe('glance-1/glance/create');
    expect(nodes[0]?.log.some((line) => line.startsWith('POST'))).toBe(false);
  });

  test('md5 may be missing where a node is in FIPS mode, and the other hash may be another one', async () => {
    share.md5 = false;
    share.algorithm = 'sha256';
    const { failed, results } = await verifyAll();
    expect(failed).toEqual([]);
    expect(results.find(({ check }) => check.startsWith('glance/read'))?.evidence.sha256).toMatch(
      /^[0-9a-f]{64}$/,
    );
  });

  test('a hash that nobody knows fails, not a crash', async () => {
    share.saidAlgorithm = 'sha-7';
    const { failed, results } = await verifyAll();
    expect(failed).toEqual(['glance-2/glance/read/glance-1', 'glance-1/glance/read/glance-2']);
    expect(results.find(({ verdict }) => verdict === 'fail')?.message).toContain(
      'unknown hash algorithm sha-7',
    );
  });

  test('stopped in the middle, it still deletes what it created', async () => {
    const stop = new AbortController();
    const { failed, skipped, results } = await verifyAll({
      signal: stop.signal,
      onFact: (fact) => {
        if (fact.kind === 'check-finished' && fact.check === 'glance/upload') stop.abort();
      },
    });
    expect(skipped).toContain('glance-2/glance/read/glance-1');
    expect(skipped).toContain('glance-2/glance/create');
    expect(failed).toEqual([]);
    expect(results.find(({ check }) => check === 'glance/read/glance-1')?.message).toBe('interrupted');
    expect(share.images.size).toBe(0);
  });
});
