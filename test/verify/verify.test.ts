import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Fact } from '../../src/events/events.ts';
import { fixedAccess } from '../../src/openstack/access.ts';
import { Secret } from '../../src/secret.ts';
import { checkId, checksFor } from '../../src/verify/checks.ts';
import { contentOf, digestsOf } from '../../src/verify/content.ts';
import { verify } from '../../src/verify/verify.ts';
import { type FakeGlance, FakeShare, type Fault, fakeGlance } from '../fixtures/fake-glance.ts';

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

async function verifyAll(options: { signal?: AbortSignal; onFact?: (fact: Fact) => void } = {}) {
  const facts: Fact[] = [];
  const results = await verify({
    targets: nodes.map(({ url }, index) => {
      const node = `glance-${index + 1}`;
      return { node, service: node, url, health: '/healthcheck' };
    }),
    access: fixedAccess({ 'X-Auth-Token': new Secret('token', 'canary-token') }),
    bytes,
    emit(fact) {
      facts.push(fact);
      options.onFact?.(fact);
    },
    signal: options.signal ?? new AbortController().signal,
  });
  const red = results.filter(({ ok }) => !ok).map(({ node, check }) => `${node}/${check}`);
  return { results, facts, red };
}

describe('content', () => {
  test('is the same for a seed, other for another, of any length', () => {
    const whole = Buffer.concat([...contentOf('a', bytes)]);
    expect(whole.length).toBe(bytes);
    expect(Buffer.concat([...contentOf('a', 1000)])).toEqual(whole.subarray(0, 1000));
    expect(Buffer.concat([...contentOf('b', 1000)])).not.toEqual(whole.subarray(0, 1000));
    expect([...contentOf('a', 0)]).toEqual([]);
    const md5 = createHash('md5').update(whole).digest('hex');
    expect(digestsOf('a', bytes, ['md5'])).toEqual({ bytes, hashes: { md5 } });
  });
});

describe('checks', () => {
  test('read each image through every other node; a single node reads its own', () => {
    expect(
      checksFor(['a', 'b', 'c'])
        .filter(({ does }) => does === 'read')
        .map(checkId),
    ).toEqual(['b/read/a', 'c/read/a', 'a/read/b', 'c/read/b', 'a/read/c', 'b/read/c']);
    expect(checksFor(['a']).map(checkId)).toEqual([
      'a/health',
      'a/create',
      'a/upload',
      'a/read',
      'a/delete',
      'a/gone',
    ]);
  });
});

describe('verify', () => {
  test('two nodes that share their images are green, and nothing is left', async () => {
    const { results, red, facts } = await verifyAll();
    expect(red).toEqual([]);
    expect(results).toHaveLength(12);
    const upload = results.find(({ node, check }) => node === 'glance-1' && check === 'upload');
    const read = results.find(({ node, check }) => node === 'glance-2' && check === 'read/glance-1');
    expect(read?.facts).toMatchObject({ bytes, md5: upload?.facts.md5, sha512: upload?.facts.sha512 });
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
  ];
  test.each(faults)(
    'a second node that %s is red where it reads, and the image goes all the same',
    async (fault, words) => {
      nodes[1]?.faults.add(fault);
      const { results, red } = await verifyAll();
      expect(red).toEqual(['glance-2/read/glance-1']);
      expect(results.find(({ ok }) => !ok)?.message).toMatch(words);
      expect(share.images.size).toBe(0);
    },
  );

  test('a node whose store was away says what to do, is not read, and leaves no image', async () => {
    nodes[0]?.faults.add('refuses-uploads');
    const { results, red } = await verifyAll();
    expect(red).toEqual(['glance-1/upload', 'glance-2/read/glance-1']);
    expect(results.find(({ ok }) => !ok)?.message).toMatch(
      /410.*Error in store configuration.*req-1.*restart the service/,
    );
    expect(results.find(({ check }) => check === 'read/glance-1')?.message).toBe(
      'not tried: glance-1/upload is red',
    );
    expect(share.images.size).toBe(0);
  });

  test('a node that breaks down after it took an image has it deleted through another', async () => {
    const { red } = await verifyAll({
      onFact: (fact) => {
        if (fact.kind === 'check-finished' && fact.check === 'read/glance-1') void nodes[0]?.close();
      },
    });
    expect(red).toContain('glance-1/gone');
    expect(red).not.toContain('glance-1/delete');
    expect(share.images.size).toBe(0);
    nodes = nodes.slice(1);
  });

  test('a sick node is not asked for more', async () => {
    nodes[0]?.faults.add('sick');
    const { red } = await verifyAll();
    expect(red.slice(0, 2)).toEqual(['glance-1/health', 'glance-1/create']);
    expect(nodes[0]?.log.some((line) => line.startsWith('POST'))).toBe(false);
  });

  test('md5 may be missing where a node is in FIPS mode, and the other hash may be another one', async () => {
    share.md5 = false;
    share.algorithm = 'sha256';
    const { red, results } = await verifyAll();
    expect(red).toEqual([]);
    expect(results.find(({ check }) => check.startsWith('read'))?.facts.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a hash that nobody knows is red, not a crash', async () => {
    share.saidAlgorithm = 'sha-7';
    const { red, results } = await verifyAll();
    expect(red).toEqual(['glance-2/read/glance-1', 'glance-1/read/glance-2']);
    expect(results.find(({ ok }) => !ok)?.message).toContain('unknown hash algorithm sha-7');
  });

  test('stopped in the middle, it still deletes what it created', async () => {
    const stop = new AbortController();
    const { red } = await verifyAll({
      signal: stop.signal,
      onFact: (fact) => {
        if (fact.kind === 'check-finished' && fact.check === 'upload') stop.abort();
      },
    });
    expect(red).toContain('glance-2/read/glance-1');
    expect(red).toContain('glance-2/create');
    expect(share.images.size).toBe(0);
  });
});
