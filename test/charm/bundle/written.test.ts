import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { typed } from '../../../src/charm/bundle/options.ts';
import { assertNoCharm, placeResources } from '../../../src/charm/bundle/write-bundle.ts';
import { toCharm } from '../../../src/charm/model/to-charm.ts';
import { nodeAt, textOf } from '../../../src/charm/yaml/node.ts';
import { readYaml } from '../../../src/charm/yaml/read.ts';
import { writeQuotedYaml } from '../../../src/charm/yaml/write.ts';
import { components } from '../../../src/components/index.ts';
import { clock } from '../../fixtures/components/clock/index.ts';
import { temporaryFolder } from '../../fixtures/folders.ts';

const [glance = clock] = components;

describe('situation 3: text that YAML 1.1 reads as something else', () => {
  const words = [
    'NO',
    'on',
    'y',
    '2024.1',
    '0123',
    'null',
    '~',
    '1_000',
    '.5',
    '0x1F',
    '',
    ' a',
    'a: b',
    '\\\\s\\x',
  ];

  test.each(words)('stays text: %j', (word) => {
    const values = typed({ text: { type: 'string', description: 'any' } }, { text: word });
    const [document] = readYaml(writeQuotedYaml(values)).documents;
    expect(textOf(nodeAt(document, 'text'))).toBe(word);
  });

  test('other types are no text', () => {
    const description = 'any';
    const options = { int: { type: 'int', description }, flag: { type: 'boolean', description } } as const;
    expect(writeQuotedYaml(typed(options, { int: 4, flag: true }))).toBe('int: 4\nflag: true\n');
    expect(typed(options, { int: '4', flag: 'yes' })).toEqual({});
  });
});

describe('the folder of a bundle', () => {
  test.each(['metadata.yaml', 'charmcraft.yaml'])(
    'situation 1: is refused where it is a charm: %s',
    (name) => {
      const folder = temporaryFolder('oriel-bundle-');
      expect(() => assertNoCharm(folder)).not.toThrow();
      writeFileSync(join(folder, name), 'name: x\n');
      expect(() => assertNoCharm(folder)).toThrow(`as it has ${name}`);
    },
  );

  test('situation 6: gets a file of some bytes for each resource, and keeps what is there', async () => {
    const folder = temporaryFolder('oriel-bundle-');
    const charm = toCharm(glance, 'proxy');
    mkdirSync(join(folder, 'resources'));
    writeFileSync(join(folder, 'resources', 'node.tar.gz'), 'the runtime');
    writeFileSync(join(folder, 'resources', 'glance.msi'), '');
    expect(await placeResources(charm, folder)).toEqual([
      { name: 'glance-msi', path: './resources/glance.msi', isPlaceholder: true },
      { name: 'glance-payload', path: './resources/glance-payload.tar', isPlaceholder: true },
      { name: 'node-runtime', path: './resources/node.tar.gz', isPlaceholder: false },
    ]);
    expect(readFileSync(join(folder, 'resources', 'node.tar.gz'), 'utf8')).toBe('the runtime');
    const text = readFileSync(join(folder, 'resources', 'glance.msi'), 'utf8');
    expect(text.length).toBeGreaterThan(10);
    expect(text.length).toBeLessThan(1024);
    writeFileSync(join(folder, 'oriel-glance-1.msi'), 'the package');
    expect((await placeResources(charm, folder, 'oriel-glance-1.msi'))[0]).toEqual({
      name: 'glance-msi',
      path: './oriel-glance-1.msi',
      isPlaceholder: false,
    });
  });
});
