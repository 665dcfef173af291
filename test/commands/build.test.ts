import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { build } from '../../src/commands/build.ts';
import { readBuilt } from '../../src/components/glance/product.ts';
import { lockPath } from '../../src/payload/inputs.ts';
import { resolvePayload } from '../../src/payload/resolve.ts';
import type { Fact } from '../../src/plan/events.ts';
import { aDeployment } from '../fixtures/deployment.ts';
import { runVerb } from './verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'oriel-build-'));
const site = join(folder, 'site.yaml');
const before = process.env.ORIEL_CACHE;
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (before === undefined) delete process.env.ORIEL_CACHE;
  else process.env.ORIEL_CACHE = before;
}, 60_000);

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
    await resolvePayload({ release: '2024.2', payload, directory: folder, cache, emit: () => {} });
    return '';
  } catch (error) {
    return ` (skipped: ${error instanceof Error ? error.message.split('\n')[0] : error})`;
  }
}

const missing = await whatIsMissing();

describe.skipIf(missing !== '')(`oriel build${missing}`, () => {
  const run = (...flags: readonly string[]) => runVerb(build, ['build', site, '--json', ...flags]);
  const made = (facts: readonly Fact[]) => facts.find((fact) => fact.kind === 'artifact-made');

  test('makes the package, says unchanged, and repairs one that was changed', {
    timeout: 300_000,
  }, async () => {
    const out = join(folder, 'one');
    const first = await run('--out', out);
    expect(first.code).toBe(0);
    const built = JSON.parse(first.printed);
    expect(built).toMatchObject({ name: 'oriel-glance-29.2.1.msi', version: '29.2.1', unchanged: false });
    expect(spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: out }).status).toBe(0);
    const description = readFileSync(join(out, 'oriel-glance-29.2.1.json'), 'utf8');
    expect(description).not.toContain(folder);
    expect(JSON.parse(description)).toMatchObject({ sha256: built.sha256, productCode: built.productCode });

    const [, version] = /^urllib3==(\S+)/m.exec(readFileSync(lockPath('2024.2'), 'utf8')) ?? [];
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
    await expect(readBuilt({ release: '2024.2' }, out)).rejects.toThrow(`but ${built.sha256} was built`);
    const third = await run('--out', out);
    expect(made(third.facts)).toMatchObject({ unchanged: false, sha256: built.sha256 });
    expect(await readBuilt({ release: '2024.2' }, out)).toMatchObject({
      path: built.path,
      files: built.files,
    });
  });

  test('makes the same bytes in another folder on another day', { timeout: 300_000 }, async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const cli = join(import.meta.dirname, '../../src/cli.ts');
    const args = ['--import', 'tsx', cli, 'build', site, '--out', two];
    // Not further away: scratch folders of builds at the same time look abandoned after a day.
    const faked = spawnSync('faketime', ['-f', '+23h', process.execPath, ...args], {
      cwd: join(cli, '../..'),
    });
    if (faked.error) await run('--out', two);
    const hash = async (out: string) => (await readBuilt({ release: '2024.2' }, out))?.sha256;
    expect(await hash(two)).toBe(await hash(one));
  });
});

test('where nothing was built there is no package', async () => {
  expect(await readBuilt({ release: '2024.2' }, join(folder, 'nowhere'))).toBeUndefined();
});
