import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderGlance } from '../../../src/components/glance/render/render.ts';
import { loadSite } from '../../../src/components/index.ts';
import type { RenderedFile } from '../../../src/render/rendered.ts';
import { Secret } from '../../../src/secret.ts';
import { emptyGolden, expectGolden } from '../../render/golden.ts';

const env = {
  TEST_DB: 'p@ss:w/rd#?%41 $x&="',
  TEST_KEYSTONE: '"$secret\\$tail"',
  TEST_KEY: '0123456789abcdef',
  TEST_TOKEN: "it's=100%",
};
const folder = 'test/cases/render';
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && name !== 'policy.yaml')
  .map((name) => basename(name, '.yaml'));

async function rendered(name: string): Promise<readonly [string, RenderedFile][]> {
  const deployment = await loadSite(`${folder}/${name}.yaml`, { env });
  return deployment.nodes.flatMap((node) =>
    renderGlance(deployment, node).map((file): [string, RenderedFile] => [node.name, file]),
  );
}

const real = ({ content }: RenderedFile): string => (content instanceof Secret ? content.reveal() : content);

describe('files of the image service', () => {
  it.each(cases)('are as in test/golden/render/%s', async (name) => {
    const files = await rendered(name);
    emptyGolden('render', name);
    for (const [node, file] of files) expectGolden(file.shown, 'render', name, node, file.name);
  });

  it.each(cases)('are in the form Windows and oslo.config take: %s', async (name) => {
    for (const [, file] of await rendered(name)) {
      const text = real(file);
      expect(text.startsWith('# Rendered by oriel')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(file.target).toBe(`C:\\ProgramData\\oriel\\glance\\etc\\${file.name}`);
    }
  });

  it('hold secrets only where nobody sees them', async () => {
    const files = await rendered('secrets');
    const visible =
      JSON.stringify(files) + files.map(([, file]) => `${String(file.content)}${file.shown}`).join();
    for (const value of Object.values(env)) {
      expect(visible).not.toContain(value);
      expect(visible).not.toContain(encodeURIComponent(value));
    }
    for (const [, file] of files)
      if (!['glance-api-paste.ini', 'service.env'].includes(file.name))
        expect(file.content).toBeInstanceOf(Secret);
    expectGolden(files.map(([, file]) => real(file)).join(''), 'render', 'secrets', 'revealed.txt');
  });

  it.each([
    ['policy.yaml', '"delete_image": { a: b }', /rule of `delete_image` must be text/],
    ['policy.yaml', '- a list', /is a map of keys/],
    ['policy.yaml', '"open', /policy\.yaml:\d/],
    ['property-protections.conf', '[x]\ncreate = a\n', /\[x\] has no `read`/],
    ['property-protections.conf', Buffer.from([0xff, 0xfe, 0x41]), /not UTF-8/],
  ])('refuse a wrong %s', async (name, content, message) => {
    const copy = mkdtempSync(join(tmpdir(), 'oriel-supplied-'));
    try {
      for (const file of ['protections.yaml', 'policy.yaml', 'property-protections.conf'])
        cpSync(`${folder}/${file}`, join(copy, file));
      writeFileSync(join(copy, name), content);
      const deployment = await loadSite(join(copy, 'protections.yaml'), { env });
      const [node] = deployment.nodes;
      expect(() => node && renderGlance(deployment, node)).toThrow(message);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  it('refuse a secret that no line can carry', async () => {
    const site = `${folder}/secrets.yaml`;
    await expect(loadSite(site, { env: { ...env, TEST_KEY: 'two\nlines' } })).rejects.toThrow(
      /the secret `key` has a line end in it.*metadata_encryption_key/,
    );
    const one = await loadSite(site, { env: { ...env, TEST_KEYSTONE: 'from Windows\r\n' } });
    expect(one.warnings.map(({ message }) => message)).toContain(
      'the secret `keystone` ends with a line end, which is left out',
    );
    const blank = await loadSite(site, { env: { ...env, TEST_KEYSTONE: 'blank at the end ' } });
    const [node] = blank.nodes;
    expect(() => node && renderGlance(blank, node)).toThrow(
      /\[secret:keystone\] must not begin or end with a blank/,
    );
  });
});
