import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Option } from 'commander';
import { documentNames, packageDocuments, parametersOf } from '../../components/glance/package/documents.ts';
import { ownSources } from '../../components/glance/package/files.ts';
import { makePackage } from '../../components/glance/package/package.ts';
import { glanceParts } from '../../components/glance/package/parts.ts';
import { type BuiltPackage, productFile, readBuilt } from '../../components/glance/package/product.ts';
import { loadSite, releases } from '../../components/index.ts';
import { dataFile } from '../../data-files.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { readSigner, type Signer } from '../../msi/sign/signer.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import { hashFile, listFiles, sha256 } from '../../payload/cache/files.ts';
import { describeVulnerability, matchAdvisories, readAdvisories } from '../../payload/lock/advisories.ts';
import {
  type PayloadInputs,
  type PayloadRequest,
  readPayloadInputs,
  resolvePayload,
} from '../../payload/resolve.ts';
import type { Built } from '../../provenance/statement.ts';
import type { Deployment, Release } from '../../site/deployment.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly release?: Release;
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
    .addOption(new Option('--release <series>', 'another release than the site file names').choices(releases))
    .option('--json', 'print the result as JSON', false)
    .addHelpText('after', '\nExample:\n  oriel build site.yaml\n  sha256sum -c dist/SHA256SUMS')
    .action((site: string, flags: Flags) => run((context) => buildSite(site, flags, context)));
};

async function buildSite(site: string, flags: Flags, { print, emit }: Context): Promise<number> {
  const deployment = await loadSite(site, {
    secrets: 'sign',
    ...(flags.release && { release: flags.release }),
  });
  warn(deployment, emit);
  const out = resolve(flags.out ?? join(deployment.directory, 'dist'));
  const { release, payload, directory } = deployment;
  const request: PayloadRequest = { release, payload, directory, cache: cacheDirectory(), emit };
  const parts = await readPayloadInputs(request);
  const found = flags.advisories && matchAdvisories(parts.packages, await readAdvisories(flags.advisories));
  if (found) warnOfVulnerable(found, emit);
  // Before anything is made: a build takes minutes.
  const signer = await findSigner(deployment, emit);
  const inputs = await buildDigest(deployment, parts, signer);
  const before = await readIntact(deployment, out);
  const unchanged = before?.inputs === inputs;
  const built =
    unchanged && before ? before : await make(deployment, request, { parts, signer, inputs, out });
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

async function findSigner({ msi }: Deployment, emit: Context['emit']): Promise<Signer | undefined> {
  if (!msi.sign) return undefined;
  const signer = await readSigner(msi.sign);
  if (!signer.repeatable) {
    const why = msi.sign.timestamp ? 'a time stamp' : 'a key on an elliptic curve';
    const message = `${why} makes another signature each time: the package is not the same bytes in every build`;
    emit({ kind: 'note', level: 'warning', message });
  }
  return signer;
}

/** A package that was changed after it was built, or lost what describes it, is built again. */
async function readIntact(deployment: Deployment, out: string): Promise<BuiltPackage | undefined> {
  if (!Object.values(documentNames(deployment)).every((name) => existsSync(join(out, name))))
    return undefined;
  try {
    return await readBuilt(deployment, out);
  } catch (error) {
    if (error instanceof BuildError) return undefined;
    throw error;
  }
}

interface Job {
  readonly parts: PayloadInputs;
  readonly signer: Signer | undefined;
  /** Digest of all that the package is made from. */
  readonly inputs: string;
  readonly out: string;
}

async function make(
  deployment: Deployment,
  request: PayloadRequest,
  { parts, signer, inputs, out }: Job,
): Promise<BuiltPackage> {
  const tree = await resolvePayload(request);
  await mkdir(out, { recursive: true });
  const made = await makePackage(deployment, request, parts, { tree, signer, out });
  const { artifact } = made;
  const documents = packageDocuments(made, {
    deployment,
    signer,
    tree,
    inputs,
    contents: await glanceParts(request, parts, tree),
    sources: await sourceDigests(),
  });
  await writeDocuments(out, artifact, documents);
  return { ...artifact, inputs };
}

/** Everything that a package depends on: what the payload and the product are made from, the settings, and this program. */
async function buildDigest(
  deployment: Deployment,
  { key }: PayloadInputs,
  signer: Signer | undefined,
): Promise<string> {
  const sources = (await sourceDigests()).flatMap(({ name, sha256: hash }) => [name, hash]);
  return sha256(JSON.stringify([key, parametersOf(deployment, signer), signer?.program, sources]));
}

/** Files of this program that go into a package or decide its bytes. */
async function sourceDigests(): Promise<readonly Built[]> {
  const files = [...(await ownSources(productFile())), ...(await programFiles())];
  return Promise.all(
    files.map(async (name) => ({ name, sha256: (await hashFile(dataFile(...name.split('/')))).sha256 })),
  );
}

/** The files of the program that decide the bytes of a package: the one bundle, or the sources of the builders. */
async function programFiles(): Promise<readonly string[]> {
  if (typeof __filename === 'string' && __filename.endsWith('.cjs'))
    return [relative(dataFile(), __filename)];
  const folders = [
    'src/components/glance',
    'src/msi',
    'src/payload',
    'src/product',
    'src/provenance',
    'src/render',
  ];
  const files = await Promise.all(
    folders.map(async (folder) => (await listFiles(dataFile(folder))).map((file) => `${folder}/${file}`)),
  );
  return files.flat();
}

/** Writes what describes a package beside it, and their sums. */
async function writeDocuments(
  out: string,
  { name, sha256: hash }: Built,
  documents: Readonly<Record<string, unknown>>,
): Promise<void> {
  const sums: Record<string, string> = { [name]: hash };
  for (const [file, content] of Object.entries(documents)) {
    const text = `${JSON.stringify(content, undefined, 2)}\n`;
    await writeFile(join(out, file), text);
    sums[file] = sha256(text);
  }
  await writeSums(out, sums);
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
