import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import {
  type BuiltPackage,
  glanceProduct,
  launcherBytecode,
  packageBaseName,
  productSources,
  readBuilt,
} from '../components/glance/product.ts';
import { loadSite } from '../components/index.ts';
import { dataFile } from '../data-files.ts';
import { BuildError } from '../errors.ts';
import { buildMsi } from '../msi/build.ts';
import { describeVulnerability, matchAdvisories, readAdvisories } from '../payload/advisories.ts';
import { cacheDirectory, withScratch } from '../payload/cache.ts';
import { hashFile, listFiles, sha256 } from '../payload/files.ts';
import {
  type PayloadInputs,
  type PayloadRequest,
  readPayloadInputs,
  resolvePayload,
} from '../payload/resolve.ts';
import type { Emit } from '../plan/events.ts';
import type { Deployment } from '../site/deployment.ts';
import { type Context, type Verb, warn } from './command.ts';

interface Flags {
  readonly out?: string;
  readonly advisories?: string;
  readonly json: boolean;
}

/** `oriel build`: the Windows package of a site's release, made from nothing but what is locked. */
export const build: Verb = (program, run) => {
  program
    .command('build')
    .description('build the Windows package (MSI) of the release')
    .argument('<site>', 'site file')
    .option('--out <folder>', 'where to write; default: dist beside the site file')
    .option(
      '--advisories <file>',
      'warn of packages that this output of `pip-audit --format json` calls vulnerable',
    )
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', '\nExample:\n  oriel build site.yaml\n  sha256sum -c dist/SHA256SUMS')
    .action((site: string, flags: Flags) => run((context) => buildSite(site, flags, context)));
};

async function buildSite(site: string, flags: Flags, { print, emit }: Context): Promise<number> {
  const deployment = await loadSite(site, { secrets: 'placeholder' });
  warn(deployment, emit);
  const out = resolve(flags.out ?? join(deployment.directory, 'dist'));
  const { release, payload, directory } = deployment;
  const request: PayloadRequest = { release, payload, directory, cache: cacheDirectory(), emit };
  const parts = await readPayloadInputs(request);
  const found = flags.advisories && matchAdvisories(parts.packages, await readAdvisories(flags.advisories));
  if (found) warnOfVulnerable(found, emit);
  const inputs = await buildDigest(deployment, parts);
  const before = await readIntact(deployment, out);
  const unchanged = before?.inputs === inputs;
  const built =
    unchanged && before ? before : await make(deployment, request, out, { ...parts, digest: inputs });
  const { name, path, bytes } = built;
  emit({ kind: 'artifact-made', name, path, sha256: built.sha256, bytes, unchanged });
  const shown = { ...built, unchanged, ...found };
  print(flags.json ? JSON.stringify(shown, undefined, 2) : describe(built, unchanged));
  return 0;
}

/** The package is built all the same: who gave the report decides what it means. */
function warnOfVulnerable(
  { vulnerabilities, unknown }: ReturnType<typeof matchAdvisories>,
  emit: Emit,
): void {
  const words = vulnerabilities.map((each) => `known to be vulnerable: ${describeVulnerability(each)}`);
  if (unknown.length > 0)
    words.push(`the report says nothing of ${unknown.length} locked packages: ${unknown.join(', ')}`);
  for (const message of words) emit({ kind: 'note', level: 'warning', message });
}

/** A package that was changed after it was built is built again. */
async function readIntact(deployment: Deployment, out: string): Promise<BuiltPackage | undefined> {
  try {
    return await readBuilt(deployment, out);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

async function make(
  deployment: Deployment,
  request: PayloadRequest,
  out: string,
  parts: PayloadInputs & { readonly digest: string },
): Promise<BuiltPackage> {
  const { emit, cache } = request;
  const tree = await resolvePayload(request);
  const base = packageBaseName(deployment);
  const artifact = await withScratch(cache, async (scratch) => {
    const model = await glanceProduct(deployment, tree, await launcherBytecode(parts, scratch, emit));
    return buildMsi(model, join(out, `${base}.msi`), { emit, cache: join(cache, 'blocks') });
  });
  const { path: _, ...shown } = artifact;
  const { python, source, bytecode, packages, notes, digest } = tree;
  const about = {
    ...shown,
    inputs: parts.digest,
    payload: { python, source, bytecode, digest, notes, packages },
  };
  await mkdir(out, { recursive: true });
  const description = `${JSON.stringify(about, undefined, 2)}\n`;
  await writeFile(join(out, `${base}.json`), description);
  await writeSums(out, { [`${base}.msi`]: artifact.sha256, [`${base}.json`]: sha256(description) });
  return { ...artifact, inputs: parts.digest };
}

/** Everything that a package depends on: what the payload and the product are made from, the settings, and this program. */
async function buildDigest(deployment: Deployment, { key }: PayloadInputs): Promise<string> {
  const parts: string[] = [];
  for (const file of [...(await productSources()), ...(await programFiles())])
    parts.push(file, (await hashFile(dataFile(...file.split('/')))).sha256);
  return sha256(JSON.stringify([key, deployment.release, deployment.msi, parts]));
}

/** The files of the program that decide the bytes of a package: the one bundle, or the sources of the builders. */
async function programFiles(): Promise<readonly string[]> {
  if (typeof __filename === 'string') return [relative(dataFile(), __filename)];
  const folders = ['src/msi', 'src/payload'];
  const files = await Promise.all(
    folders.map(async (folder) => (await listFiles(dataFile(folder))).map((file) => `${folder}/${file}`)),
  );
  return ['src/components/glance/product.ts', ...files.flat()];
}

/** Adds to `SHA256SUMS`, which other releases built into the same folder share. */
async function writeSums(out: string, sums: Readonly<Record<string, string>>): Promise<void> {
  const file = join(out, 'SHA256SUMS');
  const text = await readFile(file, 'utf8').catch(() => '');
  const kept = text.split('\n').filter((line) => line !== '' && !Object.hasOwn(sums, line.slice(66)));
  const lines = [...kept, ...Object.entries(sums).map(([name, hash]) => `${hash}  ${name}`)];
  await writeFile(file, `${lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('\n')}\n`);
}

function describe(built: BuiltPackage, unchanged: boolean): string {
  const size = `${(built.bytes / 1e6).toFixed(1)} MB, ${built.files} files`;
  return `${built.path}: ${unchanged ? 'unchanged' : 'built'}, ${size}\nsha256 ${built.sha256}`;
}
