import { createHash } from 'node:crypto';
import { byNode } from '../../by-node.ts';
import type { Context } from '../../deploy/context.ts';
import { desiredStateOf } from '../../deploy/desired-state.ts';
import { surveySite } from '../../deploy/survey.ts';
import type { JournalSummary, LastRun } from '../../plan/journal/summary.ts';
import type { Plan, Scope, Step } from '../../plan/model/plan.ts';
import { json } from '../../report/json.ts';
import { table } from '../../report/table.ts';
import { oneLine } from '../../report/visible.ts';
import type { Plain } from '../../resources/model/state.ts';

import { withinNode } from '../../resources/model/step-id.ts';

import { scoped } from '../command-line/options.ts';
import type { Verb } from '../command-line/verb.ts';

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
  /** First digits of a digest over the files of its configuration; nodes with the same files have the same. */
  readonly configuration: string | null;
  /** The last run that looked at it. */
  readonly lastRun: LastRun | null;
  /** Ids of what is not in sync, or cannot be observed. */
  readonly drift: readonly string[];
  /** Of the drift, what was changed on the node since a run had set it, and by whom and when where Windows knows. */
  readonly byHand: readonly { readonly step: string; readonly who?: string; readonly when?: string }[];
  readonly error?: string;
}

type Common = 'node' | 'reached' | 'lastRun' | 'drift' | 'byHand' | 'error';

/** The identity service, where the site keeps its catalogue. */
interface IdentityStatus extends Pick<NodeStatus, Common> {
  /** Where the catalogue sends clients. */
  readonly endpoint: Plain;
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
  const desired = await desiredStateOf(site, flags, emit);
  const { plan, past } = await surveySite(desired, emit, { all: true });
  const names = new Set(desired.deployment.nodes.map(({ name }) => name));
  const nodes = statusOf(plan, past, names);
  const identity = identityOf(plan, past, names);
  const { deployment, release } = plan;
  print(
    flags.json
      ? json({ deployment, release, nodes, ...(identity && { identity }) }, 2)
      : show(nodes, identity),
  );
  const serving = new Set(
    desired.declared.flatMap(({ node, resource }) => (resource.kind === 'http-health' ? [node] : [])),
  );
  const well = ({ node, reached, health }: NodeStatus) => reached && (health === 200 || !serving.has(node));
  return nodes.every(well) && (identity?.reached ?? true) ? 0 : 1;
}

/** What a plan that looked at everything, and the journal, say of each of the nodes with these names. */
export function statusOf(
  { nodes, steps }: Plan,
  { nodes: past }: Pick<JournalSummary, 'nodes'>,
  names: ReadonlySet<string>,
): readonly NodeStatus[] {
  const byName = byNode(steps);
  const machines = nodes.filter(({ name }) => names.has(name));
  return machines.map(({ name, platform, error }) => {
    const own = byName.get(name) ?? [];
    return {
      ...commonOf(name, error, own, past),
      platform,
      package: seen(own, 'package', 'version'),
      service: seen(own, 'service', 'status'),
      health: seen(own, 'http-health', 'status'),
      workers: seen(own, 'service-workers', 'workers'),
      configuration: configurationOf(own),
    };
  });
}

/** The same of the identity service, which is in a plan and no node of the site: it has neither package nor service of ours. */
export function identityOf(
  { nodes, steps }: Plan,
  { nodes: past }: Pick<JournalSummary, 'nodes'>,
  names: ReadonlySet<string>,
): IdentityStatus | undefined {
  const found = nodes.find(({ name }) => !names.has(name));
  if (!found) return undefined;
  const own = steps.filter(({ node }) => node === found.name);
  const listed = own.filter(({ name }) => name === 'public');
  return {
    ...commonOf(found.name, found.error, own, past),
    endpoint: seen(listed, 'keystone-endpoint', 'url'),
  };
}

function changerOf({ trace, modified }: NonNullable<Step['since']>): { who?: string; when?: string } {
  const when = trace?.time ?? modified;
  return { ...(trace?.who !== undefined && { who: trace.who }), ...(when !== undefined && { when }) };
}

function commonOf(
  name: string,
  error: string | undefined,
  own: readonly Step[],
  past: JournalSummary['nodes'],
): Pick<NodeStatus, Common> {
  return {
    node: name,
    reached: error === undefined,
    lastRun: past.get(name) ?? null,
    drift: own.filter(({ action }) => action !== 'none').map(({ id }) => id),
    byHand: own.flatMap(({ id, since }) => (since ? [{ step: id, ...changerOf(since) }] : [])),
    ...(error !== undefined && { error }),
  };
}

/** The digests that the node answers have the deployment's salt; so has this one. */
function configurationOf(steps: readonly Step[]): string | null {
  const files = steps.flatMap(({ kind, name, observed }) =>
    kind === 'file' && typeof observed?.content === 'string' ? [`${name} ${observed.content}`] : [],
  );
  if (files.length === 0) return null;
  return createHash('sha256').update(files.sort().join('\n')).digest('hex').slice(0, 12);
}

function seen(steps: readonly Step[], kind: string, property: string): Plain {
  return steps.find((step) => step.kind === kind)?.observed?.[property] ?? null;
}

function show(nodes: readonly NodeStatus[], identity?: IdentityStatus): string {
  const rows = nodes.map(({ node, reached, platform, error, drift, ...seen }) => {
    const { package: version, service, health, workers, configuration, lastRun, byHand } = seen;
    const last = lastText(lastRun);
    return reached
      ? [
          node,
          platform,
          ...[version, service, health, workers, configuration].map(text),
          last,
          driftText(node, drift, byHand),
        ]
      : [node, platform, '-', '-', '-', '-', '-', last, error ?? ''];
  });
  const head = [
    'node',
    'platform',
    'package',
    'service',
    'health',
    'workers',
    'configuration',
    'last run',
    'drift',
  ];
  const lines = table([head, ...rows]);
  return identity ? `${lines}\n${identityText(identity)}` : lines;
}

function identityText({
  node,
  reached,
  endpoint,
  lastRun,
  drift,
  byHand,
  error = '',
}: IdentityStatus): string {
  if (!reached) return `${node}: ${oneLine(error)}`;
  const place =
    endpoint === null ? 'no image service in its catalogue' : `sends clients to ${text(endpoint)}`;
  return oneLine(`${node}: ${place}; last run ${lastText(lastRun)}; drift ${driftText(node, drift, byHand)}`);
}

function lastText(run: LastRun | null): string {
  return run ? `${run.verb} ${run.time.slice(0, 16)}Z ${run.result}` : 'none';
}

function text(value: Plain): string {
  return value === null ? 'none' : String(value);
}

/** `none`, `1: glance/file/glance-api.conf (by hand, EXAMPLE\\bob, 2026-01-02T03:04Z)`, `16: glance/directory/config, ...`. */
function driftText(node: string, drift: readonly string[], byHand: NodeStatus['byHand']): string {
  if (drift.length === 0) return 'none';
  const shown = drift.slice(0, 3).map((id) => {
    const hand = byHand.find(({ step }) => step === id);
    const words = ['by hand', hand?.who, hand?.when && `${hand.when.slice(0, 16)}Z`].filter(Boolean);
    return `${withinNode(node, id)}${hand ? ` (${words.join(', ')})` : ''}`;
  });
  return `${drift.length}: ${shown.join(', ')}${drift.length > shown.length ? ', ...' : ''}`;
}
