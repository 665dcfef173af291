import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { type BuildResult, buildPackage } from '../../build/build.ts';
import { withPackage } from '../../build/choose.ts';
import { inLanguage } from '../../build/in-language.ts';
import { findSigner } from '../../build/signer.ts';
import { componentsOf, loadSite, releases } from '../../components/index.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import { cacheDirectory } from '../../payload/cache/cache.ts';
import type { Release } from '../../site/deployment.ts';
import { needsLinux } from '../command-line/needs-linux.ts';
import { each, formatted, siteArgument } from '../command-line/options.ts';
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

/** `oriel build`: the Windows packages of a site's release, made from nothing but what is locked. */
export const build: Verb = (program, run) => {
  formatted(program.command('build'))
    .description('build the Windows package (MSI) of each component for the release')
    .addArgument(siteArgument())
    .option('--component <name>', 'only this component; may be repeated', each)
    .option('--out <folder>', 'where to write; default: dist beside the site file')
    .option(
      '--advisories <file>',
      'warn of packages that this output of `pip-audit --format json` calls vulnerable',
    )
    .option('--language <name>', 'language of the pages of the installer: en, de', 'en')
    .addOption(new Option('--release <series>', 'another release than the site file names').choices(releases))
    .addHelpText('after', '\nExample:\n  oriel build site.yaml\n  cd dist && sha256sum -c SHA256SUMS')
    .action((site: string, flags: Flags) => run((context) => buildSite(site, flags, context)));
};

async function buildSite(site: string, flags: Flags, context: Context): Promise<number> {
  needsLinux('build');
  const { print, emit } = context;
  const { advisories, json } = flags;
  const deployment = await loadSite(site, {
    secrets: 'sign',
    ...(flags.release && { release: flags.release }),
  });
  warn(deployment, emit);
  const chosen = withPackage(componentsOf(deployment), flags.component);
  const out = resolve(flags.out ?? join(deployment.directory, 'dist'));
  const signer = await findSigner(deployment, emit);
  const settings = {
    ...{ out, emit, cache: cacheDirectory() },
    ...(signer && { signer }),
    ...(advisories !== undefined && { advisories }),
  };
  for (const component of chosen) {
    const result = await buildPackage(inLanguage(component, flags.language), deployment, settings);
    print(json ? JSON.stringify(shown(result), undefined, 2) : describe(result));
  }
  suggest(context, `oriel plan ${site}`);
  return 0;
}

function shown({ built, ...result }: BuildResult): object {
  return { ...built, ...result };
}

function describe({ built, unchanged }: BuildResult): string {
  const size = `${(built.bytes / 1e6).toFixed(1)} MB, ${built.files} files`;
  return `${built.path}: ${unchanged ? 'unchanged' : 'built'}, ${size}\nsha256 ${built.sha256}`;
}
