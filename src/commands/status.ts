import { byNode } from '../by-node.ts';
import type { Plain, Plan, Scope, Step } from '../plan/plan.ts';
import { table } from '../report/table.ts';
import { type Context, lookAt, scoped, type Verb, wantedOf } from './command.ts';

interface Flags extends Scope {
  readonly json?: true;
}

interface NodeStatus {
  readonly node: string;
  readonly reached: boolean;
  readonly platform: string;
  /** Version of the installed package. */
  readonly package: Plain;
  readonly service: Plain;
  /** Status of the health URL. */
  readonly health: Plain;
  /** Processes that serve. */
  readonly workers: Plain;
  /** Ids of what is not as wanted, or cannot be observed. */
  readonly drift: readonly string[];
  readonly error?: string;
}

const help = `
Examples:
  oriel status site.yaml
  oriel status site.yaml --json | jq '.nodes[] | select(.drift != [])'`;

/** `oriel status`: what is on each node now, and how much of it is not as the site file wants it. */
export const status: Verb = (program, run) => {
  scoped(program.command('status'))
    .description('show what is on each node, and how much differs from the site file')
    .argument('<site>', 'site file')
    .option('--json', 'print JSON')
    .addHelpText('after', help)
    .action((site: string, flags: Flags) => run((context) => showStatus(site, flags, context)));
};

async function showStatus(site: string, flags: Flags, { print, emit }: Context): Promise<number> {
  const made = await lookAt(await wantedOf(site, flags, emit), emit, { all: true });
  const nodes = statusOf(made);
  print(
    flags.json
      ? JSON.stringify({ deployment: made.deployment, release: made.release, nodes }, null, 2)
      : show(nodes),
  );
  return nodes.every(({ reached, health }) => reached && health === 200) ? 0 : 1;
}

/** What a plan that looked at everything says of each node. */
export function statusOf({ nodes, steps }: Plan): readonly NodeStatus[] {
  const byName = byNode(steps);
  return nodes.map(({ name, platform, error }) => {
    const own = byName.get(name) ?? [];
    return {
      node: name,
      reached: error === undefined,
      platform,
      package: seen(own, 'package', 'version'),
      service: seen(own, 'service', 'status'),
      health: seen(own, 'http-health', 'status'),
      workers: seen(own, 'service-workers', 'workers'),
      drift: own.filter(({ action }) => action !== 'none').map(({ id }) => id),
      ...(error !== undefined && { error }),
    };
  });
}

function seen(steps: readonly Step[], kind: string, property: string): Plain {
  return steps.find((step) => step.kind === kind)?.observed?.[property] ?? null;
}

function show(nodes: readonly NodeStatus[]): string {
  const rows = nodes.map(({ node, reached, platform, error, drift, ...seen }) => {
    const { package: version, service, health, workers } = seen;
    return reached
      ? [node, platform, ...[version, service, health, workers].map(text), driftText(drift)]
      : [node, platform, '-', '-', '-', '-', error ?? ''];
  });
  return table([['node', 'platform', 'package', 'service', 'health', 'workers', 'drift'], ...rows]);
}

function text(value: Plain): string {
  return value === null ? 'none' : String(value);
}

/** `none`, `1: file/glance-api.conf`, `16: directory/config, package/oriel-glance, ...`. */
function driftText(drift: readonly string[]): string {
  if (drift.length === 0) return 'none';
  const shown = drift.slice(0, 3).map((id) => id.slice(id.indexOf('/') + 1));
  return `${drift.length}: ${shown.join(', ')}${drift.length > shown.length ? ', ...' : ''}`;
}
