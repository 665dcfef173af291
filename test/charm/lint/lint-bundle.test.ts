import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { lintBundle } from '../../../src/charm/lint/bundle/lint-bundle.ts';
import { bundleCases, goodBundle } from './bundle-cases.ts';
import { goodCharm } from './good-charm.ts';
import { replaced } from './tree-of.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oriel-bundle-'));
  mkdirSync(join(folder, 'shop'));
  for (const [path, text] of Object.entries(goodCharm))
    writeFileSync(join(folder, 'shop', path), String(text));
  writeFileSync(join(folder, 'empty.tar.gz'), '');
  const head = 'summary: x\ndescription: x\nseries: [jammy]\n';
  const charm = (name: string, rest: string) => {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'metadata.yaml'), `name: ${name}\n${head}${rest}`);
  };
  charm('agent', 'subordinate: true\nrequires: {host: {interface: juju-info, scope: container}}\n');
  charm('ours', 'requires: {shared-db: {interface: mysql-shared}}\n');
  mkdirSync(join(folder, 'ours', 'oriel'));
  writeFileSync(join(folder, 'ours', 'oriel', 'oriel.cjs'), '');
});
beforeEach(() => writeFileSync(join(folder, 'stock.tar.gz'), 'placeholder\n'));
afterAll(() => rmSync(folder, { recursive: true }));

function found(text: string, overlay?: string): readonly string[] {
  const [file, over] = ['bundle.yaml', 'overlay.yaml'].map((name) => join(folder, name)) as [string, string];
  writeFileSync(file, text);
  if (overlay !== undefined) writeFileSync(over, overlay);
  return lintBundle(file, overlay === undefined ? [] : [over]).map(
    ({ rule, file: where, line }) => `${rule} ${where.slice(folder.length + 1)}:${line}`,
  );
}
const edit = (old: string, text: string) => replaced(goodBundle, old, text);

describe('a bundle', () => {
  test('without errors has no findings, with an overlay and without', () => {
    expect(found(goodBundle)).toEqual([]);
    expect(found(goodBundle, 'applications:\n  shop: {options: {size: 5}}\n')).toEqual([]);
  });

  test.each(bundleCases)('with one mistake has one finding: %s', (expected, text = '', overlay) => {
    expect(found(text, overlay)).toEqual([expected]);
  });

  test('that is not there is named', () => {
    expect(() => lintBundle(join(folder, 'none.yaml'))).toThrow('no such file');
  });
});

describe('situation 3: text that YAML 1.1 reads as something else', () => {
  test.each(['NO', 'on', 'y', '2024.1', '0123', 'Off', '1_000', '.5'])(
    'a string option with the value %s',
    (value) => {
      expect(found(edit('name: "on"', `name: ${value}`))).toEqual(['option-type bundle.yaml:13']);
      expect(found(edit('name: "on"', `name: '${value}'`))).toEqual([]);
    },
  );

  test('null is unset without a word', () => {
    expect(found(edit('name: "on"', 'name: null'))).toEqual(['option-null bundle.yaml:13']);
    expect(found(edit('name: "on"', 'name: "null"'))).toEqual([]);
  });

  test.each(['1:30', '2001-01-01', 'yess', '0x'])('%s is text to Juju as well', (value) => {
    expect(found(edit('name: "on"', `name: ${value}`))).toEqual([]);
  });
});

describe('situation 4: names of charms without a scheme', () => {
  test('are a warning', () => {
    expect(found(edit('ch:mysql-innodb-cluster', 'mysql-innodb-cluster'))).toEqual([
      'charm-scheme bundle.yaml:18',
    ]);
  });
});

describe('situation 5: a relation to an application of an overlay', () => {
  const overlay = 'applications:\n  vault: {charm: "ch:vault", channel: 1.8/stable, num_units: 1}\n';

  test('is refused in the first document, whatever overlays bring', () => {
    expect(found(edit('clock:certificates', 'vault:certificates'), overlay)).toEqual([
      'first-document bundle.yaml:27',
    ]);
  });

  test('is right in the overlay, or in a second document', () => {
    const relation = 'relations:\n  - [shop:tls, vault:certificates]\n';
    expect(found(goodBundle, overlay + relation)).toEqual([]);
    expect(found(`${goodBundle}---\n${overlay}${relation}`)).toEqual([]);
  });

  test('so is a machine that only overlays place units on', () => {
    const machine = edit('applications:', '  "2": {}\napplications:');
    const places =
      'applications:\n  vault: {charm: "ch:vault", channel: 1.8/stable, num_units: 1, to: ["2"]}\n';
    expect(found(machine, places)).toEqual(['first-document bundle.yaml:7']);
  });
});

describe('situation 6: resources of a local charm', () => {
  test('that are not listed, not there, or empty', () => {
    expect(found(edit('    resources: {stock: ./stock.tar.gz}\n', ''))).toEqual([
      'resource-missing bundle.yaml:8',
    ]);
    expect(found(edit('./stock.tar.gz', './none.tar.gz'))).toEqual(['resource-path bundle.yaml:16']);
    writeFileSync(join(folder, 'stock.tar.gz'), '');
    expect(found(goodBundle)).toEqual(['resource-empty bundle.yaml:16']);
  });
});
