import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { glanceGrammar } from '../../src/components/glance/site/grammar.ts';
import { endpointRules } from '../../src/components/glance/site/rules/endpoints.ts';
import { address } from '../../src/site/grammar/nodes.ts';
import type { SiteFragment } from '../../src/site/grammar/site.ts';
import { exposureOf } from '../../src/site/secrets/secret-source.ts';
import { httpUrl } from '../../src/site/values/text.ts';

describe('addresses of nodes', () => {
  test.each([
    '10.0.0.11',
    'fd00::5',
    'fe80::1%3',
    'hv01',
    'hv_01.example.org',
    'HV01.example.org.',
    '1a.example.org',
  ])('%s is one', (text) => expect(address.safeParse(text).success).toBe(true));
  test.each(['hv01:22', '10.0.0.300', '10.0.0', 'hv..x', '-hv', 'hv-', '.hv', 'hv%3', '[fd00::5]'])(
    '%s is none',
    (text) =>
      expect(address.safeParse(text).error?.issues[0]?.message).toMatch(
        /^must be a host name or an IP address/,
      ),
  );
});

describe('URLs', () => {
  test.each(['http://[fd00::5]:9292', 'https://h.example.org/identity/v3', 'http://10.0.0.1:65535'])(
    '%s is one',
    (text) => expect(httpUrl.safeParse(text).success).toBe(true),
  );
  test.each(['http://fd00::5:9292', 'http://h:99999', 'http://10.0.0.300/', 'http://h:port'])(
    '%s is none',
    (text) =>
      expect(httpUrl.safeParse(text).error?.issues[0]?.message).toMatch(/^must be a URL with a host name/),
  );
});

describe('names of stores, which Glance keeps with each image', () => {
  const { stores } = glanceGrammar.shape;
  test.each(['NFSStorage', 'nfs.1', 'images'])('%s is one', (name) =>
    expect(stores.safeParse({ [name]: { share: 'images' } }).success).toBe(true),
  );
  test.each(['1st', 'a:b', 'a b', ''])('%s is none', (name) =>
    expect(stores.safeParse({ [name]: { share: 'images' } }).success).toBe(false),
  );
});

describe('endpoints', () => {
  const found = (glance: object, nodeAddress = '10.0.0.11') =>
    endpointRules
      .flatMap((rule) =>
        rule({
          components: { glance: { keystone: {}, ...glance } },
          nodes: { 'hv-1': { address: nodeAddress } },
        } as unknown as SiteFragment),
      )
      .map(({ message, hint, warning }) => `${warning ? 'warning: ' : ''}${message} | ${hint}`);

  test.each([
    [
      'a version of images',
      { public_endpoint: 'https://i.example.org/v2' },
      /write https:\/\/i.example.org$/,
    ],
    ['identity v2.0', { keystone: { auth_url: 'http://k:5000/v2.0/' } }, /write http:\/\/k:5000\/v3$/],
    ['options of no node', { node_options: { 'hv-2': {} } }, /^`hv-2` is not a node .* these are: hv-1$/],
    ['IPv6 alone on Windows', { bind: { host: '::' } }, /^`::` takes IPv6 .* hv-1 has an IPv4 address/],
  ])('%s is refused', (_, glance, words) => expect(found(glance)).toEqual([expect.stringMatching(words)]));

  test('nodes with IPv6 addresses or names get a warning', () =>
    expect(found({ bind: { host: '::' } }, 'fd00::5')).toEqual([
      expect.stringMatching(/^warning: `::` takes/),
    ]));

  test('what is right is left alone', () =>
    expect(
      found({ public_endpoint: 'https://i.example.org/image', keystone: { auth_url: 'http://k/v3' } }),
    ).toEqual([]));
});

describe.skipIf(process.getuid?.() !== 0)('secrets files (skipped where nobody can give files away)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-owner-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['ours', 0, 0o600, undefined],
    ['of another user', 1000, 0o600, 'owner'],
    ['open to others', 0, 0o640, 'others'],
  ] as const)('%s', async (name, uid, mode, exposure) => {
    const file = join(folder, name);
    writeFileSync(file, 'a: b\n', { mode });
    chownSync(file, uid, uid);
    expect(await exposureOf(file)).toBe(exposure);
  });
});
