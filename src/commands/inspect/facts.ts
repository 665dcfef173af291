import type { Command } from 'commander';
import { componentsOf, loadSite, runs } from '../../components/index.ts';
import type { Context } from '../../deploy/context.ts';
import { openNode } from '../../deploy/open-node.ts';
import { warn } from '../../deploy/warn.ts';
import type { NodeFacts, SiteThings } from '../../doctor/facts/facts.ts';
import { gatherFacts } from '../../doctor/facts/gather-facts.ts';
import { onlyNodes } from '../../plan/model/only-nodes.ts';
import { withSessions } from '../../plan/observe/connect.ts';
import { json } from '../../report/json.ts';
import { factsText } from '../../report/nodes/facts.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import { each, formatted, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags {
  readonly node?: readonly string[];
  readonly format: 'human' | 'json';
}

const help = `
Asks each node in one trip: Windows, PowerShell, .NET, memory, processors, disks, addresses, domain, features, pending restart, time, and
the products and services that the site knows. Changes nothing, and needs no build. Exit code 1: a node was not reached.

Examples:
  oriel facts site.yaml
  oriel facts site.yaml --format json | jq '.nodes[] | {node, build, memory}'`;

/** `oriel facts`: what each node is. */
export const facts: Verb = (program, run) => {
  formatted(recordable(program.command('facts')))
    .description('show what each node is: Windows, hardware, network, features, products and services')
    .addArgument(siteArgument())
    .option('-n, --node <name>', 'only this node; may be repeated', each)
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => showFacts(site, flags, within))),
    );
};

async function showFacts(site: string, { node, format }: Flags, context: Context): Promise<number> {
  const { emit, print, sessions } = context;
  const deployment = onlyNodes(await loadSite(site), node);
  warn(deployment, emit);
  const open = (settings: NodeSettings) => openNode(settings, emit, sessions);
  const found = await withSessions(deployment.nodes, open, emit, async (connections) => {
    const asked = deployment.nodes.map(async (settings): Promise<readonly NodeFacts[]> => {
      const session = connections.get(settings.name);
      if (session === undefined || session instanceof Error || session.kind !== 'node') return [];
      return [await gatherFacts(session, await thingsOf(deployment, settings))];
    });
    return (await Promise.all(asked)).flat();
  });
  const away = deployment.nodes
    .map(({ name }) => name)
    .filter((name) => !found.some((one) => one.node === name));
  print(format === 'json' ? json({ deployment: deployment.name, nodes: found, away }, 2) : factsText(found));
  return away.length > 0 ? 1 : 0;
}

/** The products and services of a node by its components: what a removal looks for needs no build. */
async function thingsOf(deployment: Deployment, node: NodeSettings): Promise<SiteThings> {
  const components = componentsOf(deployment).filter((component) => runs(component, node));
  const declared = (await Promise.all(components.map(({ remove }) => remove.declare(deployment, false))))
    .flat()
    .filter((one) => one.node === node.name);
  const of = (kind: string) => declared.filter(({ resource }) => resource.kind === kind);
  return {
    products: of('package').flatMap(({ name, spec }) => {
      const { upgradeCode } = Object(spec) as { readonly upgradeCode?: unknown };
      return typeof upgradeCode === 'string' ? [{ name, upgradeCode }] : [];
    }),
    services: [...new Set(of('service').map(({ name }) => name))],
  };
}
