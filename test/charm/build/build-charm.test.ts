import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { packageSources } from '../../../src/build/sources.ts';
import { openTree } from '../../../src/charm/archive/open-tree.ts';
import { buildCharm, charmFiles } from '../../../src/charm/build/build-charm.ts';
import { charmFlavours } from '../../../src/charm/model/charm.ts';
import { toCharm } from '../../../src/charm/model/to-charm.ts';
import { entriesOf, itemsOf, nodeAt } from '../../../src/charm/yaml/node.ts';
import { readYaml } from '../../../src/charm/yaml/read.ts';
import { components } from '../../../src/components/index.ts';
import { siteJsonSchema } from '../../../src/site/grammar/json-schema.ts';
import { schemasAt } from '../../../src/site/yaml/json-schema.ts';
import { clock } from '../../fixtures/components/clock/index.ts';

const all = [...components, clock];
const [glance = clock] = components;

describe('a charm', () => {
  let folder: string;
  let program: string;
  const zone = process.env.TZ;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'oriel-charm-'));
    program = join(folder, 'oriel.cjs');
    writeFileSync(program, '// the program\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    delete process.env.SOURCE_DATE_EPOCH;
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  function made(flavour: 'proxy' | 'native' = 'proxy', out = 'out') {
    return buildCharm(toCharm(glance, flavour), join(folder, out), program);
  }

  test('has the same bytes each time, in every time zone', async () => {
    process.env.TZ = 'Asia/Tokyo';
    const first = await made('proxy', 'a');
    process.env.TZ = 'America/New_York';
    const second = await made('proxy', 'b');
    expect(second.sha256).toBe(first.sha256);
    expect(readFileSync(second.path).equals(readFileSync(first.path))).toBe(true);
    expect((await made('proxy', 'a')).unchanged).toBe(true);
  });

  test('has the time of SOURCE_DATE_EPOCH', async () => {
    const before = await made();
    process.env.SOURCE_DATE_EPOCH = '1700000000';
    expect((await made()).sha256).not.toBe(before.sha256);
    process.env.SOURCE_DATE_EPOCH = 'yesterday';
    await expect(made()).rejects.toThrow('SOURCE_DATE_EPOCH is `yesterday`');
  });

  test('has programs that can be started, and nothing where controllers take it away', async () => {
    const { entries, badNames } = openTree((await made()).path);
    expect(badNames).toEqual([]);
    const programs = [...entries].filter(([, { executable }]) => executable).map(([path]) => path);
    expect(programs).toEqual(['dispatch', 'oriel/hook']);
    const top = new Set([...entries.keys()].map((path) => path.split('/')[0]));
    for (const taken of ['build', '.git', '.tox', 'revision', 'bundle.yaml'])
      expect(top).not.toContain(taken);
    expect(entries.get('icon.svg')?.read().toString()).toContain('width="100" height="100"');
  });

  test('has all that a package is built from, for a unit that gets a payload bundle', async () => {
    const files = await charmFiles(toCharm(glance, 'proxy'), program);
    const sources = glance.package ? await packageSources(glance.package) : [];
    expect(sources.map(({ name }) => name)).toContain('LICENSE');
    expect(sources.filter(({ name }) => !files.has(`oriel/${name}`))).toEqual([]);
  });

  test('starts node.exe by a script that Windows PowerShell 3.0 reads', async () => {
    const files = await charmFiles(toCharm(glance, 'native'), program);
    const script = Buffer.from(files.get('dispatch.ps1')?.data ?? []).toString('latin1');
    expect(script).toMatch(/^[\t\n -~]+$/);
    expect(files.has('dispatch')).toBe(false);
    const metadata = readYaml(Buffer.from(files.get('metadata.yaml')?.data ?? []).toString()).documents[0];
    expect(itemsOf(nodeAt(metadata, 'series')).map((node) => node.kind === 'scalar' && node.value)).toEqual([
      ...['win2012r2', 'win2016', 'win2019'],
    ]);
    // What runs on Linux alone, and what a machine does not need to reach itself.
    expect(nodeAt(metadata, 'provides', 'nrpe-external-master')).toBeUndefined();
    const config = readYaml(Buffer.from(files.get('config.yaml')?.data ?? []).toString()).documents[0];
    expect(entriesOf(nodeAt(config, 'options')).map(({ key }) => key)).not.toContain('windows-nodes');
  });

  test.each(all.flatMap((one) => charmFlavours.map((flavour) => [one.name, flavour, one] as const)))(
    'of %s, %s: every option that names a key of the site file names one that is there',
    (_, flavour, component) => {
      const { options } = toCharm(component, flavour);
      const keys = Object.values(options).flatMap(({ site }) => site ?? []);
      for (const key of keys) {
        const path = key.split('.');
        // Options of the component itself are checked against its catalogue.
        const group = path.indexOf('options');
        const [grammar, named] = group < 0 ? [path, []] : [path.slice(0, group + 1), path.slice(group + 1)];
        expect(schemasAt(siteJsonSchema(all), grammar), key).not.toEqual([]);
        const catalogue = component.options;
        if (named.length > 0)
          expect(catalogue?.describe('2024.2', named.join('.'), true), key).toContain(named[1]);
      }
    },
  );

  test('of a component that says nothing has what every charm has', () => {
    const { charm: _, ...bare } = clock;
    const { name, resources, relations } = toCharm(bare, 'proxy');
    expect({ name, resources: Object.keys(resources), relations }).toEqual({
      name: 'clock-windows',
      resources: ['clock-msi', 'node-runtime'],
      relations: { cluster: { role: 'peers', interface: 'clock-ha' } },
    });
  });
});
