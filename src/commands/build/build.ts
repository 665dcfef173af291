import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { type BuildResult, buildPackage } from '../../build/build.ts';
import { withPackage } from '../../build/choose.ts';
import { inLanguage } from '../../build/in-language.ts';
import { findSigner } from '../../build/signer.ts';
import { components, componentsOf, loadSite, releases } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import type { Emit } from '../../events/events.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import type { PackageSettings, Release } from '../../site/deployment.ts';
import { defaultManufacturer } from '../../site/grammar/payload.ts';
import { defaultPython } from '../../site/rules/payload.ts';
import { needsLinux } from '../command-line/needs-linux.ts';
import { each, formatted } from '../command-line/options.ts';
import { defaultSite, noSite } from '../command-line/paths.ts';
import { suggest } from '../command-line/suggest.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly component?: readonly string[];
  readonly release?: Release;
  readonly out?: string;
  readonly advisories?: string;
  readonly language: string;
  readonly json: boolean;
}

const help = `
Examples:
  oriel build site.yaml
  oriel build --release 2024.2 --component glance          the package alone, without a site file
  cd dist && sha256sum -c SHA256SUMS`;

/** `oriel build`: the Windows packages of a site's release, made from nothing but what is locked. */
export const build: Verb = (program, run) => {
  formatted(program.command('build'))
    .description('build the Windows package (MSI) of each component for the release')
    .argument('[site]', `site file; default: ${defaultSite}, or none with --release and --component`)
    .option('--component <name>', 'only this component; may be repeated', each)
    .option('--out <folder>', 'where to write; default: dist beside the site file')
    .option(
      '--advisories <file>',
      'warn of packages that this output of `pip-audit --format json` calls vulnerable',
    )
    .option('--language <name>', 'language of the pages of the installer: en, de', 'en')
    .addOption(new Option('--release <series>', 'another release than the site file names').choices(releases))
    .addHelpText('after', help)
    .action((site: string | undefined, flags: Flags) =>
      run((context) => buildPackages(site, flags, context)),
    );
};

/** What is built, and by which settings. */
interface Order {
  readonly settings: PackageSettings;
  readonly chosen: readonly Component[];
}

async function ofSite(site: string, { release, component }: Flags, emit: Emit): Promise<Order> {
  const deployment = await loadSite(site, { secrets: 'sign', ...(release && { release }) });
  warn(deployment, emit);
  return { settings: deployment, chosen: withPackage(componentsOf(deployment), component) };
}

/** The packages that nobody's site says anything of. Throws InputError where release or component is not said either. */
function ofNoSite({ release, component }: Flags): Order {
  if (!release || !component) throw noSite('; a package alone needs none: --release SERIES --component NAME');
  const settings: PackageSettings = {
    release,
    payload: { python: defaultPython, index: 'default' },
    msi: { manufacturer: defaultManufacturer },
    directory: process.cwd(),
  };
  return { settings, chosen: withPackage(components, component) };
}

async function buildPackages(named: string | undefined, flags: Flags, context: Context): Promise<number> {
  needsLinux('build');
  const { print, emit } = context;
  const { advisories, json } = flags;
  const site = named ?? (existsSync(defaultSite) ? defaultSite : undefined);
  const { settings: order, chosen } = site === undefined ? ofNoSite(flags) : await ofSite(site, flags, emit);
  const out = resolve(flags.out ?? join(order.directory, 'dist'));
  const signer = await findSigner(order, emit);
  const settings = {
    ...{ out, emit, cache: cacheDirectory() },
    ...(signer && { signer }),
    ...(advisories !== undefined && { advisories }),
  };
  for (const component of chosen) {
    const result = await buildPackage(inLanguage(component, flags.language), order, settings);
    print(json ? JSON.stringify(shown(result), undefined, 2) : describe(result));
  }
  if (site !== undefined) suggest(context, `oriel plan ${site}`);
  return 0;
}

function shown({ built, ...result }: BuildResult): object {
  return { ...built, ...result };
}

function describe({ built, unchanged }: BuildResult): string {
  const size = `${(built.bytes / 1e6).toFixed(1)} MB, ${built.files} files`;
  return `${built.path}: ${unchanged ? 'unchanged' : 'built'}, ${size}\nsha256 ${built.sha256}`;
}
