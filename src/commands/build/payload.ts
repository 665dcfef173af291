import { resolve } from 'node:path';
import type { Command } from 'commander';
import { withPayload } from '../../build/choose.ts';
import { components, componentsOf, loadSite, releases } from '../../components/index.ts';
import type { Context } from '../../deploy/context.ts';
import { BuildError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';
import { cacheDirectory, withScratch } from '../../payload/cache/cache.ts';
import { bundlePayload, payloadFiles } from '../../payload/contents.ts';
import { describeVulnerability, matchAdvisories, readAdvisories } from '../../payload/lock/advisories.ts';
import {
  type PayloadInputs,
  type PayloadRequest,
  readCachedTree,
  readPayloadInputs,
  resolvePayload,
} from '../../payload/resolve.ts';
import { readLicenses, writeLicenses } from '../../payload/tree/licenses.ts';
import { findTampering } from '../../payload/tree/tree.ts';
import { findIndexProblems, openIndex } from '../../payload/wheels/bundle.ts';
import type { Release } from '../../site/deployment.ts';
import { defaultRelease } from '../../site/grammar/release.ts';
import { defaultPython } from '../../site/rules/payload.ts';
import { formatted, oneOf } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel payload list --release 2024.1                       every package, its file, SHA-256 and licence
  oriel payload verify                                      the payload in the cache against its record
  oriel payload verify payload.tar                          a bundle against the lock
  oriel payload verify --advisories pip-audit.json          which locked packages are known to be vulnerable
  oriel payload licenses --out licenses                     the text of every licence
  oriel payload bundle payload.tar --site site.yaml         all that a build needs, for a machine without a network`;

interface Flags {
  readonly component?: string;
  readonly release: Release;
  readonly site?: string;
  readonly json: boolean;
}

type Run = Parameters<Verb>[1];
type PayloadAction<F> = (flags: F, context: Context, request: PayloadRequest) => Promise<number>;

/** `oriel payload`: what goes into a package, where it came from, and how it gets to a machine without a network. */
export const payload: Verb = (program, run) => {
  const group = program
    .command('payload')
    .description('look into the Windows Python of a package: list, verify, licenses, bundle')
    .addHelpText('after', help);
  const list = subcommand(group, 'list', 'list the packages: name, version, file, SHA-256, licence');
  list.action((flags: Flags) => run(withRequest(flags, listPackages)));
  addVerify(group, run);
  subcommand(group, 'licenses', 'list the licence of every package; --out collects their texts')
    .option('--out <folder>', 'write the texts and licenses.json there')
    .action((flags: LicenseFlags) => run(withRequest(flags, showLicenses)));
  subcommand(group, 'bundle', 'write all that a build needs into a tar file, for payload.index')
    .argument('<out>', 'tar file to write')
    .action((out: string, flags: Flags) =>
      run(withRequest(flags, (_, context, request) => makeBundle(out, flags, context, request))),
    );
};

function subcommand(group: Command, name: string, description: string): Command {
  return formatted(group.command(name))
    .description(description)
    .addOption(oneOf('--release <series>', 'OpenStack series', releases, defaultRelease))
    .option('--component <name>', 'whose packages; needed where several components have a Python')
    .option('--site <file>', 'take release, Python and index from this site file');
}

function withRequest<F extends Flags>(
  flags: F,
  act: PayloadAction<F>,
): (context: Context) => Promise<number> {
  return async (context) => act(flags, context, await payloadRequest(flags, context.emit));
}

async function payloadRequest({ site, release, component }: Flags, emit: Emit): Promise<PayloadRequest> {
  const common = { cache: cacheDirectory(), emit };
  if (!site) {
    const { folder } = withPayload(components, component);
    const standard = { python: defaultPython, index: 'default' };
    return { ...common, folder, release, payload: standard, directory: process.cwd() };
  }
  const deployment = await loadSite(site, { secrets: 'placeholder' });
  return {
    ...common,
    folder: withPayload(componentsOf(deployment), component).folder,
    release: deployment.release,
    payload: deployment.payload,
    directory: deployment.directory,
  };
}

async function listPackages({ json }: Flags, { print }: Context, request: PayloadRequest): Promise<number> {
  const files = await payloadFiles(request);
  const licenses = await readLicenses(await resolvePayload(request));
  const packages = files.map((each) => ({
    ...each,
    license: licenses.find(({ name }) => name === each.name)?.license ?? 'unknown',
  }));
  const { python } = request.payload;
  if (json) print(JSON.stringify({ release: request.release, python, packages }, undefined, 2));
  else
    for (const { name, version, file, sha256, license } of packages)
      print(`${name} ${version}\n  ${file}\n  sha256 ${sha256}\n  ${license}`);
  return 0;
}

interface VerifyFlags extends Flags {
  readonly advisories?: string;
}

function addVerify(group: Command, run: Run): void {
  subcommand(
    group,
    'verify',
    'compare the payload in the cache, or a bundle, with the lock; exit code 1 when it differs',
  )
    .argument('[path]', 'a bundle (.tar), an unpacked one, or a folder of wheels')
    .option(
      '--advisories <file>',
      'report locked packages that this output of `pip-audit --format json` calls vulnerable',
    )
    .action((path: string | undefined, flags: VerifyFlags) =>
      run(withRequest(flags, (_, context, request) => verifyPayload(path, flags, context, request))),
    );
}

async function verifyPayload(
  path: string | undefined,
  { advisories, json }: VerifyFlags,
  { print, emit }: Context,
  request: PayloadRequest,
): Promise<number> {
  const parts = await readPayloadInputs(request);
  const checked = await findProblems(path, parts, request, advisories !== undefined);
  const found = advisories ? matchAdvisories(parts.packages, await readAdvisories(advisories)) : undefined;
  if (found && found.unknown.length > 0) {
    const message = `the report says nothing of ${found.unknown.length} locked packages: ${found.unknown.join(', ')}`;
    emit({ kind: 'note', level: 'warning', message });
  }
  const vulnerabilities = found?.vulnerabilities ?? [];
  if (json) print(JSON.stringify({ ...checked, ...found }, undefined, 2));
  else {
    for (const problem of checked.problems) print(problem);
    for (const vulnerability of vulnerabilities) print(describeVulnerability(vulnerability));
    print(
      `${checked.what}: ${checked.problems.length === 0 ? 'ok' : `${checked.problems.length} files are not those of the lock`}`,
    );
    if (found) print(`${vulnerabilities.length} known vulnerabilities`);
  }
  return checked.problems.length + vulnerabilities.length > 0 ? 1 : 0;
}

interface CheckedPayload {
  readonly what: string;
  readonly problems: readonly string[];
}

async function findProblems(
  path: string | undefined,
  parts: PayloadInputs,
  request: PayloadRequest,
  advised: boolean,
): Promise<CheckedPayload> {
  const { cache, release } = request;
  if (path)
    return withScratch(cache, async (scratch) => {
      const open = await openIndex(resolve(path), '/', scratch);
      return { what: path, problems: await findIndexProblems(open, parts) };
    });
  const tree = await readCachedTree(parts, request);
  if (tree) return { what: tree.root, problems: await findTampering(tree.root, tree.files) };
  if (advised) return { what: `${release}: no payload in the cache`, problems: [] };
  throw new BuildError(
    `there is no payload of ${release} in the cache`,
    'name a bundle, or make it with `oriel build`',
  );
}

interface LicenseFlags extends Flags {
  readonly out?: string;
}

async function showLicenses(
  { out, json }: LicenseFlags,
  { print, emit }: Context,
  request: PayloadRequest,
): Promise<number> {
  const tree = await resolvePayload(request);
  const licenses = await readLicenses(tree);
  if (out) await writeLicenses(licenses, tree, resolve(out));
  const silent = licenses.filter(({ texts }) => texts.length === 0).map(({ name }) => name);
  if (silent.length > 0)
    emit({ kind: 'note', level: 'warning', message: `no text of a licence comes with ${silent.join(', ')}` });
  if (json) print(JSON.stringify(licenses, undefined, 2));
  else for (const { name, version, license } of licenses) print(`${name} ${version}: ${license}`);
  return 0;
}

async function makeBundle(
  out: string,
  { json }: Flags,
  { print, emit }: Context,
  request: PayloadRequest,
): Promise<number> {
  const bundle = await bundlePayload(request, out);
  emit({
    kind: 'artifact-made',
    name: out,
    path: bundle.path,
    sha256: bundle.sha256,
    bytes: bundle.bytes,
    unchanged: false,
  });
  print(
    json
      ? JSON.stringify(bundle, undefined, 2)
      : `${bundle.path}: ${(bundle.bytes / 1e6).toFixed(1)} MB, ${bundle.files} files\nsha256 ${bundle.sha256}`,
  );
  return 0;
}
