import type { Command } from 'commander';
import type { Context } from '../../deploy/context.ts';
import { desiredStateOf } from '../../deploy/desired-state.ts';
import { surveySite } from '../../deploy/survey.ts';
import type { Fact } from '../../events/events.ts';
import type { SyncState } from '../../events/status.ts';
import type { Plan, Scope, Step } from '../../plan/model/plan.ts';
import { checkReports } from '../../report/checks/reports.ts';
import { sinceText } from '../../report/consequence-words.ts';
import { diffsText } from '../../report/diffs.ts';
import { json } from '../../report/json.ts';
import { table } from '../../report/table.ts';
import { formatted, scoped, siteArgument } from '../command-line/options.ts';
import { recordable, recording } from '../command-line/record.ts';
import type { Verb } from '../command-line/verb.ts';

interface Flags extends Scope {
  readonly format: 'human' | 'json' | 'junit';
  readonly diff?: true;
}

const marks: Readonly<Record<SyncState, string>> = {
  'in-sync': '=',
  missing: '+',
  differs: '~',
  unknown: '!',
};

/** One thing on a node, and how it compares with the site file. */
export interface DriftItem {
  readonly node: string;
  /** Whose it is; null of the session itself. */
  readonly component: string | null;
  /** Kind and name. */
  readonly resource: string;
  readonly state: SyncState;
  readonly reason: string;
  readonly changes: Step['changes'];
  /** What differs in a file, as a unified diff with secrets hidden, where that was asked for. */
  readonly diff?: string;
  /** The run that had brought it to what is wanted, where the journal has one: it was changed on the node since. */
  readonly since?: Step['since'];
}

const help = `
Looks at every resource on its own and touches nothing: unlike plan, also at what depends on something that differs.
Exit code 0: all in sync; 3: something differs; 1: a node was not reached or something cannot be observed.

Examples:
  oriel drift site.yaml
  oriel drift site.yaml --diff                          with the lines that differ in files
  oriel drift site.yaml --format junit > drift.xml      for CI: a suite for each node, a case for each resource`;

/** `oriel drift`: what on the nodes is not as the site file says, resource by resource. */
export const drift: Verb = (program, run) => {
  formatted(recordable(scoped(program.command('drift'))), ['human', 'json', 'junit'])
    .description('show what differs from the site file, resource by resource; exit 3 when something does')
    .addArgument(siteArgument())
    .option('--diff', 'show what differs in files, line by line; secrets stay hidden')
    .addHelpText('after', help)
    .action((site: string, flags: Flags, command: Command) =>
      run((context) => recording(command, context, (within) => showDrift(site, flags, within))),
    );
};

async function showDrift(site: string, { format, diff, ...scope }: Flags, context: Context): Promise<number> {
  const desired = await desiredStateOf(site, scope, context.emit, { lookOnly: true });
  const { plan } = await surveySite(desired, context, { all: true, diff });
  const findings = driftOf(plan);
  context.print(formats[format](plan, findings, context));
  return exitCode(findings);
}

/** 1 outweighs 3: who was not asked may differ too. */
export function exitCode(findings: readonly DriftItem[]): number {
  const has = (state: DriftItem['state']): boolean => findings.some((finding) => finding.state === state);
  if (has('unknown')) return 1;
  return has('differs') || has('missing') ? 3 : 0;
}

/** What a plan that looked at everything says of each resource; a node that is not reached is one finding. */
export function driftOf({ nodes, steps }: Plan): readonly DriftItem[] {
  const away = nodes.flatMap(({ name, error }): DriftItem[] =>
    error === undefined
      ? []
      : [{ node: name, component: null, resource: 'session', state: 'unknown', reason: error, changes: [] }],
  );
  const differing = new Set(steps.filter(({ action }) => action !== 'none').map(({ id }) => id));
  return [...away, ...steps.map((step) => findingOf(step, differing))];
}

function stateOf(action: Step['action']): SyncState {
  if (action === 'none') return 'in-sync';
  return action === 'create' ? 'missing' : 'differs';
}

/** What cannot be observed because something that it needs differs (no program is there to ask) differs too. */
function findingOf(step: Step, differing: ReadonlySet<string>): DriftItem {
  const { node, component, kind, name, action, reason, needs, changes, error, since, diff } = step;
  const thing = { node, component, resource: `${kind}/${name}` };
  const cause = needs.find((id) => differing.has(id));
  if (error && cause !== undefined)
    return { ...thing, state: 'differs', reason: `cannot be while ${cause} differs`, changes };
  if (error) return { ...thing, state: 'unknown', reason: `${reason}: ${error.message}`, changes };
  const state = stateOf(action);
  return {
    ...thing,
    state,
    reason: `${reason}${sinceText(step)}`,
    changes,
    ...(diff !== undefined && { diff }),
    ...(since && { since }),
  };
}

export const formats: Readonly<
  Record<
    Flags['format'],
    (plan: Plan, findings: readonly DriftItem[], terminal?: Pick<Context, 'colours' | 'width'>) => string
  >
> = {
  human(_, findings, { colours, width } = {}) {
    const rows = findings
      .filter(({ state }) => state !== 'in-sync')
      .map((finding) => [marks[finding.state], finding.node, thingOf(finding), finding.reason]);
    const equal = `${findings.length - rows.length} of ${findings.length} resources are in sync`;
    return rows.length > 0 ? `${table(rows, { width })}\n${equal}${diffsText(findings, colours)}` : equal;
  },
  json: ({ deployment, release }, findings) =>
    json(
      {
        deployment,
        release,
        drift: findings.some(({ state }) => state === 'differs' || state === 'missing'),
        resources: findings,
      },
      2,
    ),
  junit: ({ deployment, release }, findings) =>
    checkReports.junit({ verb: 'drift', deployment, release, results: findings.map(checkOf) }),
};

/** `clock/file/clock.conf`. */
function thingOf({ component, resource }: DriftItem): string {
  return component === null ? resource : `${component}/${resource}`;
}

function checkOf(finding: DriftItem): Extract<Fact, { kind: 'check-finished' }> {
  const { node, state, reason, changes, diff } = finding;
  const values = Object.fromEntries(changes.map(({ property, from, to }) => [property, { from, to }]));
  const evidence = { ...values, ...(diff !== undefined && { diff }) };
  const verdict = state === 'in-sync' ? 'pass' : 'fail';
  return {
    kind: 'check-finished',
    check: thingOf(finding),
    node,
    verdict,
    seconds: 0,
    message: reason,
    evidence,
  };
}
