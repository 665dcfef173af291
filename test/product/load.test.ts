import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { load as loadYaml } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { describeProblem, InputError } from '../../src/errors.ts';
import { buildMsi } from '../../src/msi/build/build.ts';
import { tableSchema } from '../../src/msi/database/schema.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import type { MsiModel } from '../../src/msi/model/model.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { packageContract } from '../../src/product/contract.ts';
import { productGrammar, productJsonSchema } from '../../src/product/grammar/grammar.ts';
import { loadProduct } from '../../src/product/load.ts';
import { readProduct } from '../../src/product/outline.ts';
import cases from '../cases/product/mistakes.json' with { type: 'json' };
import { folderWith } from '../site/site-folder.ts';

const everything = readFileSync('test/cases/product/everything.yaml', 'utf8');
const sources = {
  'service.exe': 'program',
  'site.conf': 'conf',
  'app.ico': 'icon',
  'tree/a.txt': 'a',
  'tree/.hidden': 'h',
  'tree/deep/b.txt': 'b',
  'tree/deep/c.tmp': 'c',
  'licence.txt': 'All rights {reserved} \\ – 🙂',
  'de.yaml': `features.Core.title: Kern
features.Core.description: Was alle brauchen
features.Extra.title: Mehr
properties.BINDPORT.label: Port
properties.BINDPORT.description: Wo es lauscht
properties.PASSWORD.label: Kennwort
properties.START.label: Starten
properties.SCHEME.label: Protokoll
actions.Work.progress: Es arbeitet
launchConditions.1.message: Zu alt.
errors.25001.message: 'Nein: [2]'
groups.settings.title: Einstellungen
groups.settings.text: Was es braucht
`,
};

const supplied = { texts: [{ source: 'a.conf', target: 'deep/a.conf', content: Buffer.from('a') }] };

function load(text: string, set?: Readonly<Record<string, string>>): Promise<MsiModel> {
  return loadProduct(join(folderWith({ 'product.yaml': text, ...sources }), 'product.yaml'), set, supplied);
}

describe('a product file', () => {
  test('with every key makes a sound package with a row in every table', async () => {
    const folder = folderWith({ 'product.yaml': everything, ...sources });
    const model = await loadProduct(join(folder, 'product.yaml'), {}, supplied);
    expect(model.files.map(({ target }) => target)).toEqual([
      'bin/service.exe',
      'share/.hidden',
      'share/a.txt',
      'share/deep/b.txt',
      'chosen/deep/b.txt',
      'texts/deep/a.conf',
      'etc/site.conf',
    ]);
    expect(model).toMatchObject({ name: 'Example $ Everything', version: '2.3.4', epoch: 1_769_817_600 });
    expect(model.actions?.map(({ call, place }) => ({ ...call, ...place }))[4]).toEqual({
      file: 'bin/service.exe',
      command: '--x',
      after: 'Work',
    });
    const out = join(folder, 'everything.msi');
    await buildMsi(model, out);
    const database = readMsi(out);
    expect(lintPackage(database)).toEqual([]);
    expect([...tableSchema.keys()].filter((name) => !database.tables.has(name))).toEqual([]);
    database.close();
  });

  test('uses every key of the grammar in this test, and fits the JSON Schema', () => {
    const written = loadYaml(everything) as Record<string, unknown>;
    const ajv = new Ajv2020({ strict: false });
    const valid = ajv.validate(productJsonSchema(), written);
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(unusedKeys(productJsonSchema(), written, '')).toEqual([]);
    expect(productGrammar.safeParse({ ...written, more: 1 }).success).toBe(false);
  });

  test('takes other values for its variables, and only for those', async () => {
    expect((await load(everything, { version: '9.0.0' })).version).toBe('9.0.0');
    const error = await load(everything, { versoin: 'x' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    if (error instanceof InputError)
      expect(error.problems.map(describeProblem)).toEqual([
        '--set versoin: there is no variable `versoin`; did you mean `version`?',
      ]);
  });

  test.each(cases)('$what', async ({ text, change, files, complaints }) => {
    const folder = folderWith({
      'product.yaml': text ?? productText(change, files),
      'a.txt': 'a',
      'folder/x': '',
    });
    const error = await loadProduct(join(folder, 'product.yaml')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    if (error instanceof InputError) expect(error.problems.map(inShort)).toEqual(complaints);
  });

  test('orders what oriel does in the installer by properties', async () => {
    const { properties, actions = [], binaries = [] } = await load(everything);
    const orders = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
    expect(orders).toMatchObject({
      ConfigurationProperties:
        'INSTALLDIR;LOGDIR;BINDPORT;ACCOUNT;PASSWORD;START;SCHEME;EXTRA;SKIPCONF;MOVED;TOOL',
      DrainedServices: '60;example-everything',
      AwaitServices: '90;example-everything',
      WhatStays: 'Logs in [LOGDIR]',
    });
    expect(binaries.map(({ name }) => name)).toEqual([
      ...['tool', 'configure', 'dialogs', 'DialogWhite', 'DialogPanel'],
    ]);
    const some = everything.replace(/\n {2}(stays|configuration): .*/g, '');
    const fewer = (await load(some)).actions ?? [];
    expect(fewer.slice(6).map(({ name }) => name)).toEqual([
      'GatherServices',
      'RestartServices',
      'DrainServices',
      'AwaitServices',
    ]);
    expect(actions).toHaveLength(6 + 9);
  });

  test('says to callers of the installer what its rows are made from', () => {
    const file = join(folderWith({ 'product.yaml': everything, ...sources }), 'product.yaml');
    const { features, properties, version } = packageContract(readProduct(file));
    expect(version).toBe('2.3.4');
    expect(features).toMatchObject([
      { id: 'Core', installed: true, service: 'example-everything' },
      { id: 'Extra', installed: false, service: null },
    ]);
    expect(properties.map(({ name }) => name)).toEqual([
      ...['INSTALLDIR', 'LOGDIR', 'BINDPORT', 'ACCOUNT', 'PASSWORD', 'START', 'SCHEME'],
      ...['EXTRA', 'SKIPCONF', 'MOVED'],
    ]);
    expect(properties[2]).toEqual({
      name: 'BINDPORT',
      type: 'port',
      default: '9292',
      needed: true,
      hidden: false,
      remembered: true,
      group: 'settings',
      description: 'Where it listens',
    });
  });

  test('that is not there is said so', async () => {
    await expect(loadProduct('/nowhere/product.yaml')).rejects.toThrow(
      /product.yaml cannot be read: no such file/,
    );
  });
});

/** A right product with a change: the first four lines are the same in all. */
function productText(change = 'version: 1.0.0\n', files = 'files: [{ source: a.txt }]\n'): string {
  const [version = '', ...more] = change.split(/(?<=\n)/);
  return [
    'variables: { version: 1.0.0, name: X }\n',
    'name: X\n',
    version,
    'manufacturer: Y\n',
    files,
    'upgradeCode: "{3D3F0A52-8C1B-4C7E-9E59-6A4B0F7C2D11}"\ninstallDirectory: X\n',
    ...more,
  ].join('');
}

type Problem = InputError['problems'][number];
const inShort = ({ snippet: _, ...problem }: Problem) =>
  describeProblem(problem)
    .replace(/\/\S*\//g, '')
    .replaceAll('\n    ', ' | ');

type Schema = ReturnType<typeof productJsonSchema>;

/** Keys of the grammar that no value has. */
function unusedKeys({ properties = {}, items }: Schema, value: unknown, path: string): string[] {
  const values = Array.isArray(value) ? value : [value];
  if (items) return unusedKeys(items, values, `${path}[]`);
  return Object.entries(properties).flatMap(([key, child]) => {
    const below = values.flatMap((one) => (one as Record<string, unknown> | undefined)?.[key] ?? []);
    return below.length === 0 ? [`${path}.${key}`] : unusedKeys(child, below, `${path}.${key}`);
  });
}
