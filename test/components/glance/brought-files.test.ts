import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { declareBase } from '../../../src/components/glance/declare/base.ts';
import { renderGlance } from '../../../src/components/glance/render/render.ts';
import { loadSite } from '../../../src/components/index.ts';
import { Secret } from '../../../src/secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n';
mkdirSync(join(folder, 'queue'));
writeFileSync(
  join(folder, 'queue', 'ca.pem'),
  '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n',
);
writeFileSync(join(folder, 'queue', 'key.pem'), key);
writeFileSync(join(folder, 'log.ini'), '[loggers]\nkeys = root\n');
writeFileSync(join(folder, 'key.pfx'), Buffer.from([0x30, 0x82, 0xff, 0xfe]));

/** A site with files and options. */
function siteWith(files: object, options: object, more: object = {}) {
  const file = join(folder, 'site.yaml');
  const glance = {
    database: { connection: 'mysql+pymysql://glance@db.example.org/glance' },
    ...{ files, options, ...more },
  };
  const site = {
    ...{ name: 'images', release: '2024.2', components: { glance } },
    storage: { shares: { images: { kind: 'smb', path: '\\\\files.example.org\\images' } } },
    nodes: { 'glance-1': { address: '127.0.0.9', via: 'ssh', user: 'oriel' } },
  };
  writeFileSync(file, JSON.stringify(site));
  return loadSite(file, { secrets: 'placeholder' });
}
const etc = 'C:\\ProgramData\\oriel\\glance\\etc';
const brought = {
  'queue-ca.pem': { file: 'queue/ca.pem' },
  'queue-key.pem': { file: 'queue/key.pem', secret: true },
  'logging.ini': { file: 'log.ini' },
};

describe('files that options name (deploy row 19)', () => {
  test('are on each node where its configuration is, and options have their paths', async () => {
    const site = await siteWith(
      brought,
      {
        oslo_messaging_rabbit: {
          ssl_ca_file: { file: 'queue-ca.pem' },
          ssl_key_file: { file: 'queue-key.pem' },
        },
      },
      { node_options: { 'glance-1': { DEFAULT: { log_config_append: { file: 'logging.ini' } } } } },
    );
    const [node] = site.nodes;
    if (!node) expect.fail('no node');
    const files = new Map(renderGlance(site, node).map((one) => [one.name, one]));
    const conf = files.get('glance-api.conf')?.shown ?? '';
    expect(conf).toContain(`\r\nssl_ca_file = ${etc}\\queue-ca.pem\r\n`);
    expect(conf).toContain(`\r\nssl_key_file = ${etc}\\queue-key.pem\r\n`);
    expect(conf).toContain(`\r\nlog_config_append = ${etc}\\logging.ini\r\n`);
    expect(files.get('logging.ini')).toMatchObject({
      target: `${etc}\\logging.ini`,
      content: '[loggers]\r\nkeys = root\r\n',
    });
    const secret = files.get('queue-key.pem');
    expect(secret?.shown).toBe('[secret:queue-key.pem]\r\n');
    if (!(secret?.content instanceof Secret)) expect.fail('the key is in clear');
    expect(secret.content.reveal()).toBe(key.replaceAll('\n', '\r\n'));
    expect(JSON.stringify([...files.values()])).not.toContain('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC');
    const msi = { version: '29.2.1', upgradeCode: '{1}', productCode: '{2}', sha256: 'ab', path: 'x' };
    const inputs = { msi, files: () => [...files.values()], salt: 'salt' };
    const base = declareBase(site, node, inputs);
    const names = base.serviceFiles.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(brought)));
    expect(base.ofSchema.map(({ name }) => name)).toContain('queue-ca.pem');
  });

  const refused = async (files: object, options: object): Promise<string> => {
    const error = await siteWith(files, options).then(
      (site) => {
        for (const node of site.nodes) renderGlance(site, node);
        return expect.fail('nothing was refused');
      },
      (reason: Error) => reason,
    );
    return error.message;
  };

  test.each([
    [
      'a name that is none',
      brought,
      { file: 'queue-cb.pem' },
      /names queue-cb\.pem, which is none of .*did you mean `queue-ca\.pem`/s,
    ],
    [
      'a file that is not there',
      { x: { file: 'nowhere.pem' } },
      { file: 'x' },
      /`nowhere\.pem` cannot be read: no such file/,
    ],
    [
      'the name of a file of ours',
      { 'Policy.yaml': { file: 'log.ini' } },
      '',
      /is the name of a file that oriel writes/,
    ],
    ['a way out of the folder', { '../x': { file: 'log.ini' } }, '', /must be the name of a file/],
    ['a name that Windows cuts', { 'x.': { file: 'log.ini' } }, '', /must be the name of a file/],
  ])('%s is refused', async (_, files, value, words) => {
    expect(await refused(files, { oslo_messaging_rabbit: { ssl_ca_file: value } })).toMatch(words);
  });

  test.each([
    [
      'a private key that anybody may see',
      { k: { file: 'queue/key.pem' } },
      /holds a private key.*\n.*secret: true/,
    ],
    ['what is no text', { k: { file: 'key.pfx', secret: true } }, /key\.pfx: it is not UTF-8/],
  ])('%s is refused where it is read', async (_, files, words) => {
    const site = await siteWith(files, {});
    const [node] = site.nodes;
    if (!node) expect.fail('no node');
    expect(() => renderGlance(site, node)).toThrow(words);
  });

  test('a map with a key called file that names none of them stays a map', async () => {
    const site = await siteWith(brought, {}, { extra: { mine: { place: { file: 'a' } } } });
    const [node] = site.nodes;
    if (!node) expect.fail('no node');
    const conf = renderGlance(site, node)[0]?.shown ?? '';
    expect(conf).toContain('\r\n[mine]\r\nplace = file:a\r\n');
  });
});
