import { join, relative, resolve } from 'node:path';
import { componentsOf, loadSite, runs } from '../../components/index.ts';
import { servingNodes } from '../../deploy/compose/nodes.ts';
import type { Context } from '../../deploy/context.ts';
import { warn } from '../../deploy/warn.ts';
import { InputError } from '../../errors.ts';
import { type ComparedFiles, compareFiles, diffOf, writeFiles } from '../../render/write.ts';
import { colouredDiff } from '../../report/coloured-diff.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import { nearestName } from '../../site/yaml/nearest.ts';
import { formatted, siteArgument } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly node?: string;
  readonly out?: string;
  readonly check?: boolean;
  readonly reveal?: boolean;
  readonly json?: boolean;
}

const help = `
Files go to dist/render/NODE beside the site file, with [secret:NAME] in place of every secret; no secret is asked for.

Examples:
  oriel render site.yaml                         write the files of every node
  oriel render site.yaml --node node-1 --check   show what would change, exit 3 if anything does
  oriel render site.yaml --out /srv/conf --reveal write them with real secrets, readable by you alone`;

/** `oriel render`: the configuration files of each node, for eyes and for a change board. */
export const render: Verb = (program, run) => {
  formatted(program.command('render'))
    .description('write the configuration files of each node')
    .addArgument(siteArgument())
    .option('-n, --node <name>', 'only this node')
    .option('--out <folder>', 'where to write, a folder for each node')
    .option('--check', 'write nothing, show the difference, exit 3 if there is one')
    .option('--reveal', 'with real secrets, mode 0600')
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => renderSite(site, flags, context)));
};

interface NodeFile extends ComparedFiles {
  readonly node: string;
}

async function renderSite(site: string, flags: Flags, { print, emit, colours }: Context): Promise<number> {
  const reveal = flags.reveal ?? false;
  const deployment = await loadSite(site, { secrets: reveal ? 'resolve' : 'placeholder' });
  warn(deployment, emit);
  const out = resolve(flags.out ?? join(deployment.directory, 'dist', 'render'));
  const compared: NodeFile[] = [];
  for (const node of chosenNodes(deployment, flags.node)) {
    const rendered = componentsOf(deployment).flatMap((component) =>
      runs(component, node) ? component.files(deployment, node) : [],
    );
    const files = await compareFiles(rendered, join(out, node.name), { reveal });
    compared.push(...files.map((file) => ({ ...file, node: node.name })));
  }
  if (!flags.check) await writeFiles(compared, reveal ? 0o600 : 0o644);
  print(flags.json ? asJson(compared) : flags.check ? asDiff(compared, colours) : asList(compared));
  return flags.check && compared.some(({ state }) => state !== 'unchanged') ? 3 : 0;
}

function chosenNodes(deployment: Deployment, name: string | undefined): readonly NodeSettings[] {
  const serving = servingNodes(deployment);
  if (name === undefined) return serving;
  const found = serving.filter((node) => node.name === name);
  if (found.length > 0) return found;
  const names = serving.map((node) => node.name);
  const near = nearestName(name, names);
  const hint = near ? `did you mean \`${near}\`?` : `there are ${names.join(', ')}`;
  const own = componentsOf(deployment).map((component) => component.name);
  throw new InputError([{ message: `\`${name}\` is not a ${own.join(' or ')} node of this site`, hint }]);
}

function asJson(files: readonly NodeFile[]): string {
  return JSON.stringify(
    files.map(({ node, file, path, state }) => ({ node, name: file.name, target: file.target, path, state })),
    null,
    2,
  );
}

function asList(files: readonly NodeFile[]): string {
  return files.map(({ state, path }) => `${state.padEnd(9)} ${relative(process.cwd(), path)}`).join('\n');
}

function asDiff(files: readonly NodeFile[], colours = false): string {
  const changed = files.filter(({ state }) => state !== 'unchanged');
  if (changed.length === 0) return `no difference in ${files.length} files`;
  const text = changed.map((file) => diffOf(file)).join('');
  return colours ? colouredDiff(text) : text;
}
