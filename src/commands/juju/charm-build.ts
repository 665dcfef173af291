import { join, resolve } from 'node:path';
import { Option } from 'commander';
import { type BuiltCharm, buildCharm } from '../../charm/build/build-charm.ts';
import { type CharmFlavour, charmFlavours } from '../../charm/model/charm.ts';
import { toCharm } from '../../charm/model/to-charm.ts';
import { components, componentsOf, loadSite } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import { groupOf } from '../command-line/group.ts';
import { formatted } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

const known = components.map(({ name }) => name);
const [first = 'COMPONENT'] = known;

const help = `
Examples:
  oriel charm build ${first}                                   dist/NAME_proxy.charm
  oriel charm build site.yaml                                the components of a site, in its flavour
  oriel charm build ${first} --flavour native --out charms     for Windows machines of Juju 2.9`;

interface Flags {
  readonly flavour?: CharmFlavour;
  readonly out?: string;
  readonly format: 'human' | 'json';
}

/** `oriel charm build`: the charm of a component, with the running program in it. */
export const charmBuild: Verb = (program, run) => {
  formatted(groupOf(program, 'charm').command('build'))
    .description('build the charm of a component, or of each component of a site')
    .argument('<site-or-component>', `site file, or ${known.join(', ')}`)
    .addOption(
      new Option('--flavour <flavour>', 'default: that of the site, or proxy').choices(charmFlavours),
    )
    .option('--out <folder>', 'where to write; default: dist, beside the site file where there is one')
    .addHelpText('after', help)
    .action((subject: string, flags: Flags) => run((context) => build(subject, flags, context)));
};

interface Chosen {
  readonly components: readonly Component[];
  readonly flavour: CharmFlavour;
  readonly folder: string;
}

async function build(subject: string, { flavour, out, format }: Flags, context: Context): Promise<number> {
  const chosen = await choose(subject, context);
  const built: BuiltCharm[] = [];
  for (const component of chosen.components)
    built.push(
      await buildCharm(toCharm(component, flavour ?? chosen.flavour), resolve(out ?? chosen.folder)),
    );
  if (format === 'json') context.print(JSON.stringify(built, undefined, 2));
  else for (const one of built) context.print(describe(one));
  return 0;
}

/** What the argument names: a component, or a site file with its components. */
async function choose(subject: string, { emit }: Context): Promise<Chosen> {
  const component = components.find(({ name }) => name === subject);
  if (component) return { components: [component], flavour: 'proxy', folder: 'dist' };
  const site = await loadSite(subject, { secrets: 'placeholder' });
  warn(site, emit);
  const folder = join(site.directory, 'dist');
  return { components: componentsOf(site), flavour: site.juju?.flavour ?? 'proxy', folder };
}

function describe({ path, bytes, files, sha256, unchanged }: BuiltCharm): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB, ${files} files`;
  return `${path}: ${unchanged ? 'unchanged' : 'built'}, ${size}\nsha256 ${sha256}`;
}
