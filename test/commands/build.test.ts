import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { afterAll, describe, expect, test } from 'vitest';
import { readBuilt } from '../../src/build/built.ts';
import { build } from '../../src/commands/build/build.ts';
import { glancePackage, payloadFolder } from '../../src/components/glance/package/package.ts';
import type { Fact } from '../../src/events/events.ts';
import { lintPackage } from '../../src/msi/lint/index.ts';
import { extractPackage } from '../../src/msi/read/extract.ts';
import { readMsi } from '../../src/msi/read/read.ts';
import { propertiesOf } from '../../src/msi/read/view.ts';
import { verifySignature } from '../../src/msi/sign/verify.ts';
import { lockPath } from '../../src/payload/lock/inputs.ts';
import { resolvePayload } from '../../src/payload/resolve.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { makeAuthority } from '../msi/identities.ts';
import { runVerb } from './verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-build-'));
const site = join(folder, 'site.yaml');
const before = process.env.ORIEL_CACHE;
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.ORIEL_CACHE;
  else process.env.ORIEL_CACHE = before;
});

writeFileSync(
  site,
  `name: images
storage:
  shares:
    images: { path: '\\\\sofs1.example.org\\images' }
components:
  glance:
    database: { connection: mysql+pymysql://glance@db.example.org/glance }
nodes:
  glance-1: { address: 10.0.0.11, user: oriel }
`,
);

/** Kept between runs, as it holds what came over the network. */
const cache = join(import.meta.dirname, '../../.oriel/cache');
process.env.ORIEL_CACHE = cache;

async function whatIsMissing(): Promise<string> {
  try {
    const { payload } = aDeployment().build();
    await resolvePayload({
      ...{ folder: payloadFolder(), release: '2024.2', payload },
      ...{ directory: folder, cache, emit: () => {} },
    });
    return '';
  } catch (error) {
    return ` (skipped: ${error instanceof Error ? error.message.split('\n')[0] : error})`;
  }
}

const missing = await whatIsMissing();

const canSign = ['osslsigncode', 'openssl'].every((tool) => spawnSync('which', [tool]).status === 0);

describe.skipIf(missing !== '')(`oriel build${missing}`, () => {
  const run = (...flags: readonly string[]) => runVerb(build, ['build', site, '--json', ...flags]);
  const made = (facts: readonly Fact[]) => facts.find((fact) => fact.kind === 'artifact-made');

  test('makes the package, says unchanged, and repairs one that was changed', async () => {
    const out = join(folder, 'one');
    const first = await run('--out', out);
    expect(first.code).toBe(0);
    const built = JSON.parse(first.printed);
    expect(built).toMatchObject({ name: 'oriel-glance-29.2.1.msi', version: '29.2.1', unchanged: false });
    expect(spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: out }).status).toBe(0);
    const description = readFileSync(join(out, 'oriel-glance-29.2.1.json'), 'utf8');
    expect(description).not.toContain(folder);
    expect(JSON.parse(description)).toMatchObject({ sha256: built.sha256, productCode: built.productCode });

    const [, version] =
      /^urllib3==(\S+)/m.exec(readFileSync(lockPath(payloadFolder(), '2024.2'), 'utf8')) ?? [];
    const vulns = [{ id: 'PYSEC-2024-1', aliases: ['CVE-2024-1'], fix_versions: [] }];
    const report = join(folder, 'audit.json');
    writeFileSync(report, JSON.stringify({ dependencies: [{ name: 'urllib3', version, vulns }] }));
    const second = await run('--out', out, '--advisories', report);
    const message = `known to be vulnerable: urllib3 ${version}: PYSEC-2024-1, CVE-2024-1, no fix known`;
    expect(second.facts).toContainEqual({ kind: 'note', level: 'warning', message });
    expect(JSON.parse(second.printed).vulnerabilities).toMatchObject([
      { name: 'urllib3', id: 'PYSEC-2024-1' },
    ]);
    expect(made(second.facts)).toMatchObject({ unchanged: true, sha256: built.sha256 });
    expect(second.facts.filter(({ kind }) => kind === 'build-progress')).toEqual([]);

    appendFileSync(built.path, 'x');
    await expect(readBuilt(glancePackage, { release: '2024.2' }, out)).rejects.toThrow(
      `but ${built.sha256} was built`,
    );
    const third = await run('--out', out);
    expect(made(third.facts)).toMatchObject({ unchanged: false, sha256: built.sha256 });
    expect(await readBuilt(glancePackage, { release: '2024.2' }, out)).toMatchObject({
      path: built.path,
      files: built.files,
    });
  });

  test('makes the same package alone, without a site file (ux row 22)', async () => {
    const out = join(folder, 'one');
    const before = readdirSync(out).map((name) => [name, readFileSync(join(out, name))] as const);
    const { sha256 } = JSON.parse(readFileSync(join(out, 'oriel-glance-29.2.1.json'), 'utf8'));
    const argv = ['build', '--release', '2024.2', '--component', 'glance', '--out', out, '--json'];
    const { code, printed, facts } = await runVerb(build, argv);
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({ version: '29.2.1', sha256 });
    expect(made(facts)).toMatchObject({ sha256, unchanged: true });
    for (const [name, bytes] of before) expect(readFileSync(join(out, name)).equals(bytes), name).toBe(true);
  });

  test('makes the same bytes in another folder on another day', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const args = ['--import', 'tsx', cli, 'build', site, '--out', two];
    // Not further away: scratch folders of builds at the same time look abandoned after a day.
    const faked = spawnSync('faketime', ['-f', '+23h', process.execPath, ...args], {
      cwd: join(cli, '../..'),
    });
    if (faked.error) await run('--out', two);
    // The package, and all that describes it.
    expect(readdirSync(two).sort()).toEqual(readdirSync(one).sort());
    for (const name of readdirSync(one))
      expect(readFileSync(join(two, name)).equals(readFileSync(join(one, name))), name).toBe(true);
  });

  test('makes the package in German beside the English one', async () => {
    const out = join(folder, 'one');
    await run('--out', out, '--language', 'de');
    const read = (name: string) => {
      const database = readMsi(join(out, `${name}.msi`));
      const table = propertiesOf(database);
      database.close();
      return table;
    };
    const [english, german] = [read('oriel-glance-29.2.1'), read('oriel-glance-29.2.1-de')];
    expect(german.get('ProductLanguage')).toBe('1031');
    expect(german.get('UpgradeCode')).toBe(english.get('UpgradeCode'));
    expect(german.get('ProductCode')).not.toBe(english.get('ProductCode'));
  });

  test('tells of the properties what the tables have', () => {
    const base = join(folder, 'one', 'oriel-glance-29.2.1');
    const { properties } = JSON.parse(readFileSync(`${base}.properties.json`, 'utf8'));
    const database = readMsi(`${base}.msi`);
    const table = propertiesOf(database);
    database.close();
    const listed = (name: string) => table.get(name)?.split(';') ?? [];
    expect(properties).toHaveLength(22);
    for (const { name, default: value, hidden, remembered } of properties) {
      const isFolder = name.endsWith('DIR');
      const plain = table.get(remembered ? `REMEMBERED_${name}` : name) ?? null;
      if (!isFolder) expect({ name, value }).toEqual({ name, value: plain });
      expect(listed('SecureCustomProperties'), name).toContain(name);
      expect(listed('MsiHiddenProperties').includes(name), name).toBe(hidden);
    }
  });

  test('says what is in the package and where it comes from', async () => {
    const read = (name: string) => readFileSync(join(folder, 'one', `oriel-glance-29.2.1.${name}`), 'utf8');
    const bill = JSON.parse(read('cdx.json'));
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(read('cdx.json'))).toBeNull();
    const { sha256, payload: built } = JSON.parse(read('json'));
    const names = bill.components.map(({ name }: { name: string }) => name);
    const own = [
      'CPython',
      'oriel-service',
      'oriel-configure',
      'oriel-dialogs',
      'oriel-launcher',
      'oriel-configuration',
    ];
    expect(names.slice(0, own.length)).toEqual(own);
    expect(names.slice(own.length)).toEqual(built.packages.map(({ name }: { name: string }) => name));
    const lock = readFileSync('msi/glance/payload/2024.2.lock.txt', 'utf8');
    for (const { hashes } of bill.components.slice(own.length)) expect(lock).toContain(hashes[0].content);
    const provenance = JSON.parse(read('provenance.json'));
    expect(provenance.subject).toEqual([{ name: 'oriel-glance-29.2.1.msi', digest: { sha256 } }]);
    const desired = `${names.length} parts and the sources`;
    const { resolvedDependencies } = provenance.predicate.buildDefinition;
    expect(resolvedDependencies.length, desired).toBeGreaterThan(names.length + 20);
    for (const text of [read('cdx.json'), read('provenance.json')]) {
      expect(text).not.toContain(folder);
      expect(text).not.toContain(import.meta.dirname);
    }
  });

  test.skipIf(!canSign)(
    `signs the package, and the program in it${canSign ? '' : ' (skipped: needs osslsigncode and openssl)'}`,
    async () => {
      const authority = makeAuthority(folder);
      const { key } = authority.issue('own');
      const signed = join(folder, 'signed.yaml');
      writeFileSync(
        signed,
        `extends: site.yaml\nmsi: { sign: { certificate: own.pem, key: { secret: own_key } } }\n`,
      );
      await expect(runVerb(build, ['build', signed])).rejects.toThrow(/no source has the secret `own_key`/);
      process.env.ORIEL_OWN_KEY = key.reveal();
      const out = join(folder, 'signed');
      const { printed, facts } = await runVerb(build, ['build', signed, '--json', '--out', out]);
      delete process.env.ORIEL_OWN_KEY;
      const { path, sha256 } = JSON.parse(printed);
      const trust = { files: [authority.root] };
      expect((await verifySignature(path, trust)).subject).toBe('/CN=own');
      const database = readMsi(path);
      expect(lintPackage(database).filter(({ severity }) => severity === 'error')).toEqual([]);
      extractPackage(database, path, join(folder, 'extracted'));
      database.close();
      const wrapper = join(folder, 'extracted/ProgramFiles64Folder/oriel/glance/bin/oriel-glance-api.exe');
      expect((await verifySignature(wrapper, trust)).subject).toBe('/CN=own');
      const provenance = JSON.parse(readFileSync(join(out, 'oriel-glance-29.2.1.provenance.json'), 'utf8'));
      expect(provenance.subject[0].digest).toEqual({ sha256 });
      expect(provenance.predicate.runDetails.byproducts).toHaveLength(1);
      const secret = key.reveal().split('\n')[1] ?? 'none';
      for (const name of readdirSync(out).filter((each) => !each.endsWith('.msi')))
        expect(readFileSync(join(out, name), 'utf8')).not.toContain(secret);
      expect(JSON.stringify(facts)).not.toContain(secret);
    },
  );
});

test('a component that the site does not have is refused before anything is made', async () => {
  await expect(runVerb(build, ['build', site, '--component', 'clock'])).rejects.toThrow(
    /the site has no component `clock`/,
  );
});

test('where nothing was built there is no package', async () => {
  expect(await readBuilt(glancePackage, { release: '2024.2' }, join(folder, 'nowhere'))).toBeUndefined();
});
