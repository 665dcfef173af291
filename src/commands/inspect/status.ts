import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';
import { desiredStateOf } from '../../deploy/desired-state.ts';
import { surveySite } from '../../deploy/survey.ts';
import {
  type ComponentStatus,
  type IdentityStatus,
  identityOf,
  type NodeStatus,
  nothing,
  statusOf,
} from '../../plan/journal/node-status.ts';
import type { LastRun } from '../../plan/journal/summary.ts';
import type { Scope } from '../../plan/model/plan.ts';
import { json } from '../../report/json.ts';
import { table } from '../../report/table.ts';
import { oneLine } from '../../report/visible.ts';
import type { Plain } from '../../resources/model/state.ts';
import { withinNode } from '../../resources/model/step-id.ts';
import { formatted, scoped, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends Scope {
  readonly json?: true;
}

const help = `
Examples:
  oriel status site.yaml
  oriel status site.yaml --json | jq '.nodes[] | select(.drift != [])'`;

/** `oriel status`: what is on each node now, and how much of it is not as the site file wants it. */
export const status: Verb = (program, run) => {
  formatted(recordable(scoped(program.command('status'))))
    .description('show what is on each node, and how much differs from the site file')
    .addArgument(siteArgument())
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => showStatus(site, flags, within))),
    );
};

async function showStatus(site: string, flags: Flags, context: Context): Promise<number> {
  const desired = await desiredStateOf(site, flags, context.emit, { lookOnly: true });
  const { plan, past } = await surveySite(desired, context, { all: true });
  const names = new Set(desired.deployment.nodes.map(({ name }) => name));
  const nodes = statusOf(plan, past, names);
  const identity = identityOf(plan, past, names);
  const { deployment, release } = plan;
  context.print(
    flags.json
      ? json({ deployment, release, nodes, ...(identity && { identity }) }, 2)
      : show(nodes, identity, context.width),
  );
  return nodes.every(({ reached, healthy }) => reached && healthy) && (identity?.reached ?? true) ? 0 : 1;
}

function show(nodes: readonly NodeStatus[], identity?: IdentityStatus, width?: number): string {
  const several = nodes.some(({ components }) => Object.keys(components).length > 1);
  const head = ['node', 'platform', ...(several ? ['component'] : []), ...columns, 'drift'];
  const lines = table([head, ...nodes.flatMap((node) => rowsOf(node, several))], { width });
  return identity ? `${lines}\n${identityText(identity)}` : lines;
}

const columns = ['package', 'service', 'health', 'workers', 'configuration', 'last run'];

/** A row for each component of a node; all but the first say only what differs between components. */
function rowsOf(status: NodeStatus, several: boolean): readonly (readonly string[])[] {
  const { node, reached, platform, error = '', drift, byHand, configuration, components } = status;
  const last = lastText(status.lastRun);
  const name = (text: string): readonly string[] => (several ? [text] : []);
  // The first line; `node-failed` has told all of it.
  const [reason = ''] = error.split('\n');
  if (!reached) return [[node, platform, ...name('-'), '-', '-', '-', '-', '-', last, reason]];
  const [[first, own] = ['none', nothing], ...others] = Object.entries(components);
  const whole = [text(configuration), last, driftText(node, drift, byHand)];
  return [
    [node, platform, ...name(first), ...cellsOf(own), ...whole],
    ...others.map(([other, seen]) => ['', '', ...name(other), ...cellsOf(seen)]),
  ];
}

function cellsOf(seen: ComponentStatus): readonly string[] {
  return [seen.package, seen.service, seen.health, seen.workers].map(text);
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
    endpoint === null ? 'nothing of this site in its catalogue' : `sends clients to ${text(endpoint)}`;
  return oneLine(`${node}: ${place}; last run ${lastText(lastRun)}; drift ${driftText(node, drift, byHand)}`);
}

function lastText(run: LastRun | null): string {
  return run ? `${run.verb} ${run.time.slice(0, 16)}Z ${run.result}` : 'none';
}

function text(value: Plain): string {
  return value === null ? 'none' : String(value);
}

/** `none`, `1: clock/file/clock.conf (by hand, EXAMPLE\\bob, 2026-01-02T03:04Z)`, `16: clock/directory/config, ...`. */
function driftText(node: string, drift: readonly string[], byHand: NodeStatus['byHand']): string {
  if (drift.length === 0) return 'none';
  const shown = drift.slice(0, 3).map((id) => {
    const hand = byHand.find(({ step }) => step === id);
    const words = ['by hand', hand?.who, hand?.when && `${hand.when.slice(0, 16)}Z`].filter(Boolean);
    return `${withinNode(node, id)}${hand ? ` (${words.join(', ')})` : ''}`;
  });
  return `${drift.length}: ${shown.join(', ')}${drift.length > shown.length ? ', ...' : ''}`;
}
