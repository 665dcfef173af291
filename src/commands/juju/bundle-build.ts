import { join, relative, resolve } from 'node:path';
import { Option } from 'commander';
import { type BuiltCharm, buildCharm, charmFileName } from '../../charm/build/build-charm.ts';
import { nativeSeries } from '../../charm/build/documents.ts';
import { bundleFiles, bundleName } from '../../charm/bundle/bundle-files.ts';
import { bundleFindings } from '../../charm/bundle/findings.ts';
import type { BundleInput, CharmOfBundle } from '../../charm/bundle/model.ts';
import {
  assertNoCharm,
  type BundleResource,
  placeResources,
  type WrittenFile,
  writeBundle,
} from '../../charm/bundle/write-bundle.ts';
import { toCharm } from '../../charm/model/to-charm.ts';
import { componentsOf, loadSite, runs } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import { InputError } from '../../errors.ts';
import type { Deployment } from '../../site/deployment.ts';
import { readChain } from '../../site/load/extends.ts';
import { arrange, problemOf } from '../../site/yaml/finding.ts';
import { plain } from '../../site/yaml/located.ts';
import { groupOf } from '../command-line/group.ts';
import { formatted, oneOf, siteArgument } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

const help = `
Examples:
  oriel bundle build                            dist/bundle.yaml, its overlays, charms and resources
  oriel bundle build site.yaml --out juju
  juju deploy ./dist/bundle.yaml --overlay dist/overlays/two-nodes.yaml --map-machines=existing`;

interface Flags {
  readonly out?: string;
  readonly juju: '2.9' | '3';
  readonly series: string;
  readonly format: 'human' | 'json';
}

/** `oriel bundle build`: a bundle of a site with its overlays, and the charms and resources that it names. */
export const bundleBuild: Verb = (program, run) => {
  formatted(groupOf(program, 'bundle').command('build'))
    .description('make the bundle of a site, its overlays, and the charms that they deploy')
    .addArgument(siteArgument())
    .option('--out <folder>', 'where to write; default: dist, beside the site file')
    .addOption(
      oneOf('--juju <version>', '3 also for later ones; native charms always get 2.9', ['3', '2.9'], '3'),
    )
    .addOption(
      new Option('--series <series>', 'of the Windows machines of native charms')
        .choices(nativeSeries)
        .default('win2019'),
    )
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => build(site, flags, context)));
};

/** Throws InputError before anything is written. */
async function build(file: string, flags: Flags, { emit, print }: Context): Promise<number> {
  const deployment = await loadSite(file, { secrets: 'placeholder' });
  warn(deployment, emit);
  const components = componentsOf(deployment);
  const flavour = deployment.juju?.flavour ?? 'proxy';
  const own = components.map((component) => ({
    component,
    charm: toCharm(component, flavour),
    nodes: deployment.nodes.filter((node) => runs(component, node)),
  }));
  const data = await checked(file, deployment, own);
  const folder = resolve(flags.out ?? join(deployment.directory, 'dist'));
  assertNoCharm(folder);
  const made = await charmsOf(own, deployment, folder);
  const input: BundleInput = {
    deployment,
    data,
    charms: made.charms,
    juju: flavour === 'native' ? '2.9' : flags.juju,
    series: flags.series,
  };
  const files = await writeBundle(bundleFiles(input), folder);
  const result = { folder, files, charms: made.built, resources: made.resources };
  print(flags.format === 'json' ? JSON.stringify(result, undefined, 2) : describe(result));
  return 0;
}

/** The site file as it is written. Throws InputError with places for what no bundle can have. */
async function checked(file: string, deployment: Deployment, own: readonly Own[]): Promise<unknown> {
  const { root, texts } = await readChain(file);
  if (!root) throw new InputError([{ message: `${file} has changed meanwhile` }]);
  const problems = bundleFindings(deployment, own).map((one) => problemOf(one, root));
  if (problems.length > 0) throw new InputError(arrange(problems, texts));
  return plain(root);
}

type Own = Pick<CharmOfBundle, 'charm' | 'nodes'> & { readonly component: Component };

/** Builds the charms into the folder of the bundle, and puts a file there for each resource. */
async function charmsOf(own: readonly Own[], deployment: Deployment, folder: string) {
  const [charms, built, all]: [CharmOfBundle[], BuiltCharm[], BundleResource[]] = [[], [], []];
  for (const { component, charm, nodes } of own) {
    built.push(await buildCharm(charm, folder));
    const base = component.package?.baseName(deployment);
    const placed = await placeResources(charm, folder, base === undefined ? undefined : `${base}.msi`);
    const resources = Object.fromEntries(placed.map(({ name, path }) => [name, path]));
    charms.push({ charm, nodes, path: `./${charmFileName(charm)}`, resources });
    all.push(...placed);
  }
  return { charms, built, resources: all };
}

interface Made {
  readonly folder: string;
  readonly files: readonly WrittenFile[];
  readonly charms: readonly BuiltCharm[];
  readonly resources: readonly BundleResource[];
}

function describe({ folder, files, charms, resources }: Made): string {
  const here = (path: string) => relative(process.cwd(), path) || '.';
  const lines = [...files, ...charms].map(
    ({ path, unchanged }) => `${here(path)}: ${unchanged ? 'unchanged' : 'written'}`,
  );
  const lacking = resources
    .filter(({ isPlaceholder }) => isPlaceholder)
    .map(({ name, path }) => `${here(join(folder, path))}: a placeholder for the resource ${name}`);
  const [bundle, overlay] = [bundleName, 'overlays/two-nodes.yaml'].map((name) => here(join(folder, name)));
  const next = [
    'Machines first (juju add-machine), then:',
    `  juju deploy ./${bundle} --overlay ${overlay} --map-machines=existing`,
  ];
  return [...lines, ...lacking, ...next].join('\n');
}
