import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { buildPackage } from '../../src/build/build.ts';
import { readBuilt } from '../../src/build/built.ts';
import { withPackage, withPayload } from '../../src/build/choose.ts';
import { dataFile } from '../../src/data-files.ts';
import type { Fact } from '../../src/events/events.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { clockPackage } from '../fixtures/products/clock/package.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-build-clock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const clock = { name: 'clock', package: clockPackage };
const deployment = aDeployment().build();

async function build(out: string, one: typeof clock = clock) {
  const facts: Fact[] = [];
  const emit = (fact: Fact) => void facts.push(fact);
  const settings = { out: join(folder, out), cache: join(folder, 'cache'), emit };
  return { ...(await buildPackage(one, deployment, settings)), facts };
}

describe('a component with a product file and no Python', () => {
  test('has a package with what describes it, and is not built again', async () => {
    const { built, unchanged, facts } = await build('one');
    expect(built).toMatchObject({ name: 'oriel-clock-1.2.0.msi', version: '1.2.0', files: 3 });
    expect(unchanged).toBe(false);
    expect(facts.filter(({ kind }) => kind === 'artifact-made')).toMatchObject([{ sha256: built.sha256 }]);
    const out = join(folder, 'one');
    expect(readdirSync(out).sort()).toEqual([
      'SHA256SUMS',
      ...['cdx.json', 'json', 'msi', 'properties.json', 'provenance.json'].map(
        (ending) => `oriel-clock-1.2.0.${ending}`,
      ),
    ]);
    expect(spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: out }).status).toBe(0);
    const database = readMsi(built.path);
    expect(lintPackage(database).filter(({ severity }) => severity === 'error')).toEqual([]);
    database.close();
    expect(await build('one')).toMatchObject({ unchanged: true, built: { sha256: built.sha256 } });
    expect(await readBuilt(clockPackage, deployment, out)).toEqual(built);
  });

  test('tells what a caller of its installer may give, and what is in it', async () => {
    const { built } = await build('one');
    const read = (ending: string) => JSON.parse(readFileSync(built.path.replace(/msi$/, ending), 'utf8'));
    expect(read('properties.json')).toMatchObject({
      product: 'Example Clock',
      version: '1.2.0',
      features: [{ id: 'Clock', installed: true, service: 'example-clock' }],
      properties: [
        { name: 'INSTALLDIR', default: 'C:\\Program Files\\Example\\Clock' },
        {
          name: 'LOGDIR',
          default: 'C:\\ProgramData\\Example\\Clock',
          description: 'Where it writes the time',
        },
        { name: 'INTERVAL', type: 'seconds', default: '5', remembered: true },
        { name: 'STARTSERVICES', remembered: false },
      ],
    });
    expect(read('cdx.json').components).toMatchObject([{ name: 'oriel-service' }]);
    expect(read('json')).not.toHaveProperty('payload');
    const { externalParameters, resolvedDependencies } = read('provenance.json').predicate.buildDefinition;
    expect(externalParameters).not.toHaveProperty('python');
    expect(resolvedDependencies.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['msi/service/oriel-service.exe', 'test/fixtures/products/clock/product.yaml']),
    );
  });

  test('is the same bytes from anywhere, and says no path of this machine', async () => {
    const { built } = await build('one');
    const elsewhere = join(folder, 'a/b/c/d');
    mkdirSync(join(elsewhere, 'clock'), { recursive: true });
    const text = readFileSync(clockPackage.file(), 'utf8');
    const wrapper = dataFile('msi/service/oriel-service.exe');
    copyFileSync(wrapper, join(elsewhere, 'clock/wrapper.exe'));
    copyFileSync(dataFile('test/fixtures/products/clock/clock.txt'), join(elsewhere, 'clock/clock.txt'));
    writeFileSync(
      join(elsewhere, 'clock/product.yaml'),
      text.replace('../../../../msi/service/oriel-service.exe', 'wrapper.exe'),
    );
    const moved = { ...clockPackage, file: () => join(elsewhere, 'clock/product.yaml') };
    const other = await build('two', { name: 'clock', package: moved });
    expect(other.built.sha256).toBe(built.sha256);
    for (const name of readdirSync(join(folder, 'two')).filter((one) => one.endsWith('json')))
      expect(readFileSync(join(folder, 'two', name), 'utf8')).not.toContain(folder);
  });

  test('is refused where a file is not the one whose hash stands beside it', async () => {
    const product = join(folder, 'damaged');
    mkdirSync(product, { recursive: true });
    const text = readFileSync(clockPackage.file(), 'utf8');
    writeFileSync(join(product, 'wrapper.exe'), 'other');
    writeFileSync(join(product, 'wrapper.exe.sha256'), `${'0'.repeat(64)}  wrapper.exe\n`);
    writeFileSync(join(product, 'clock.txt'), 'x');
    writeFileSync(
      join(product, 'product.yaml'),
      text.replace('../../../../msi/service/oriel-service.exe', 'wrapper.exe'),
    );
    const damaged = { ...clockPackage, file: () => join(product, 'product.yaml') };
    await expect(build('three', { name: 'clock', package: damaged })).rejects.toThrow(
      /oriel-clock\/wrapper.exe has SHA-256 .*, not 0{64}/,
    );
  });
});

describe('the components to build', () => {
  const bare = { name: 'bare' };
  const names = (wanted?: readonly string[]) =>
    withPackage([clock, bare, { ...clock, name: 'other' }], wanted).map(({ name }) => name);

  test('are those that have a package, or those that are named', () => {
    expect(names()).toEqual(['clock', 'other']);
    expect(names(['other'])).toEqual(['other']);
  });

  test('are refused where the site has none of the name, or no package of it', () => {
    expect(() => names(['cloc'])).toThrow(/the site has no component `cloc`/);
    expect(() => names(['bare'])).toThrow(/component `bare` has no package/);
  });

  test('whose Python is meant is the only one that has one, or the one that is named', () => {
    const python = (name: string) => ({ name, package: { ...clockPackage, payload: () => `/${name}` } });
    const several = [clock, python('one'), python('two')];
    expect(withPayload([clock, python('one')])).toEqual({ name: 'one', folder: '/one' });
    expect(withPayload(several, 'two').folder).toBe('/two');
    expect(() => withPayload(several)).toThrow(/several components have a Python/);
    expect(() => withPayload(several, 'clock')).toThrow(/there is no component `clock` with a Python/);
  });
});
