import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { msi } from '../../src/commands/build/msi.ts';
import { msiBuild } from '../../src/commands/build/msi-build.ts';
import type { Verb } from '../../src/commands/command-line/verb.ts';
import { schema } from '../../src/commands/site/schema.ts';
import { InputError } from '../../src/errors.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { productReference } from '../../src/product/reference.ts';
import { folderWith } from '../site/site-folder.ts';
import { runVerb } from './verb.ts';

const both: Verb = (program, run) => {
  msi(program, run);
  msiBuild(program, run);
};
const build = (...argv: readonly string[]) => runVerb(both, ['msi', 'build', ...argv]);

const product = `variables: { version: 1.0.0 }
name: Example Ünï & Co
manufacturer: Example Ltd
version: \${version}
upgradeCode: "{3D3F0A52-8C1B-4C7E-9E59-6A4B0F7C2D11}"
installDirectory: Example
files: [{ source: a.txt }]
`;

describe('oriel msi build', () => {
  test('writes the package beside the product file, and says what it is', async () => {
    const folder = folderWith({ 'product.yaml': product, 'a.txt': 'a'.repeat(1000) });
    const { code, printed } = await build(join(folder, 'product.yaml'));
    const path = join(folder, 'dist', 'example-ünï-co-1.0.0.msi');
    expect(code).toBe(0);
    expect(printed).toContain(`${path}: built, 0.0 MB, 1 file\n`);
    expect(existsSync(path)).toBe(true);
  });

  test('takes variables, a level, a place, and external cabinets; prints JSON', async () => {
    const folder = folderWith({ 'product.yaml': product, 'a.txt': 'a'.repeat(1000) });
    const out = join(folder, 'out', 'p.msi');
    const flags = ['--set', 'version=2.0.1', '--out', out, '--json', '--cabinets', 'external'];
    const { printed } = await build(join(folder, 'product.yaml'), ...flags, '--level', '0');
    expect(JSON.parse(printed)).toMatchObject({ path: out, version: '2.0.1', files: 1, origin: 'made' });
    expect(readFileSync(join(folder, 'out', 'p.1.cab')).length).toBeGreaterThan(1000);
    const database = readMsi(out);
    expect(database.tables.get('Media')?.rows[0]?.[3]).toBe('p.1.cab');
    database.close();
  });

  test('writes nothing when something is wrong', async () => {
    const folder = folderWith({ 'product.yaml': product.replace('a.txt', 'gone.txt') });
    await expect(build(join(folder, 'product.yaml'))).rejects.toThrow(InputError);
    await expect(build(join(folder, 'product.yaml'), '--set', 'version')).rejects.toThrow(
      '--set version: it must be a name, `=` and a value',
    );
    expect(existsSync(join(folder, 'dist'))).toBe(false);
  });
});

describe('oriel schema --product', () => {
  test('prints JSON Schema and the reference', async () => {
    const { printed } = await runVerb(schema, ['schema', '--product']);
    expect(JSON.parse(printed)).toMatchObject({ additionalProperties: false, type: 'object' });
    const markdown = await runVerb(schema, ['schema', '--product', '--markdown']);
    expect(markdown.printed).toBe(productReference());
  });
});
