import { checksOf, usesOf } from '../components/index.ts';
import { isGiven } from '../deploy/consent.ts';
import { openAgain } from '../deploy/open-node.ts';
import { InputError, interruptedCode } from '../errors.ts';
import { withSessions } from '../plan/observe/connect.ts';
import { type RunOutcome, withRun } from '../plan/run/run.ts';
import { openStateFolder } from '../plan/run/state-folder.ts';
import type { Session } from '../session/session.ts';
import type { NodeSettings } from '../site/deployment.ts';
import type { Share } from '../site/share.ts';
import { type CheckOutcome, type CheckResult, skip } from '../verify/check.ts';
import { same } from '../verify/checks/storage/model/read.ts';
import { runChecks } from '../verify/run-checks.ts';
import type { ClusterState } from './cluster-state.ts';
import { controlOf } from './control.ts';
import type { FoundCluster } from './find-cluster.ts';
import { findLoadSource, type LoadSource } from './load.ts';
import { checksBefore, forbids, obstacles } from './preconditions.ts';
import { readRecord, recordPath } from './record.ts';
import { restoreFirst } from './restore-first.ts';
import { runDrill } from './run-drill.ts';
import { agreed, type DrillRequest, type Running, reached, report, stageOf, timed } from './running.ts';
import type { Scenario, Target } from './scenario.ts';
import type { Stage } from './stage.ts';
import type { Moment } from './timeline.ts';

/** What a drill has found, and its exit code: 0 done or declined, 1 refused or failed, 130 interrupted. */
export interface DrillReport {
  readonly code: number;
  readonly results: readonly CheckResult[];
  readonly moments: readonly Moment[];
}

const nothing = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };
const refused = { ...nothing, failed: 1 };
const exitCodes = { done: 0, declined: 0, failed: 1, interrupted: interruptedCode } as const;

/**
 * One drill as a run with lock and journal: brings back what an earlier one left, looks whether the cluster is fit for it, asks, acts,
 * watches and restores. Throws InputError where the site names nobody who could be asked, ConsentError, LockError, FileError.
 */
export async function drillSite(request: DrillRequest): Promise<DrillReport> {
  const { deployment, context } = request;
  const nodes = deployment.nodes.filter(({ roles }) => roles.includes('storage'));
  if (nodes.length === 0)
    throw new InputError([
      {
        message: 'the site names no node of the cluster that has the share',
        hint: 'give each of its nodes an entry with roles: [storage]',
      },
    ]);
  const folder = await openStateFolder(deployment);
  const path = recordPath(folder);
  const results: CheckResult[] = [];
  const moments: Moment[] = [];
  const run = { verb: 'drill', deployment, folder, onEvent: context.emit };
  const { result } = await withRun(run, (emit, interrupt) => {
    const open = (node: NodeSettings): Promise<Session> => openAgain(node, { ...context, emit, interrupt });
    return withSessions([...nodes, ...writers(request, nodes)], open, emit, (connections) =>
      drill({ ...request, path, emit, interrupt, connections, results, moments }),
    );
  });
  return { code: exitCodes[result], results, moments };
}

/** The nodes that keep files on a share, besides those: each may have to write, or to be brought back. */
function writers({ deployment }: DrillRequest, others: readonly NodeSettings[]): readonly NodeSettings[] {
  const names = new Set(usesOf(deployment).map(({ node }) => node));
  return deployment.nodes.filter((node) => names.has(node.name) && !others.includes(node));
}

async function drill(running: Running): Promise<RunOutcome | 'declined'> {
  const { interrupt, scenario, path } = running;
  interrupt.stop.throwIfAborted();
  const left = await readRecord(path);
  if (left) {
    const end = await restoreFirst(left, running);
    if (end !== 'done') return end === 'declined' ? end : refused;
  }
  if (!scenario) {
    if (!left) running.emit({ kind: 'note', level: 'info', message: 'no drill has left anything behind' });
    return { ...nothing, changed: left ? 1 : 0 };
  }
  interrupt.stop.throwIfAborted();
  const cluster = await reached(running);
  if (!cluster) return refused;
  const fit = await isFit(running, cluster);
  const chosen = await choose(running, cluster, stageOf(running, cluster), scenario);
  const writer = await writerOf(running, scenario);
  interrupt.stop.throwIfAborted();
  if (!fit || !chosen || !writer) return refused;
  const { target } = chosen;
  const what = `drill --scenario ${scenario.name}`;
  const show = (): string => showOf(scenario, target);
  if (!isGiven(await agreed(running, what, questionOf(target, running.share), show))) return 'declined';
  interrupt.stop.throwIfAborted();
  return carryOut({ running, scenario, cluster, writer }, target);
}

/** Who writes to the share meanwhile, or why nobody can; undefined where the scenario needs somebody, which the results say. */
async function writerOf(running: Running, { control }: Scenario): Promise<LoadSource | string | undefined> {
  const { deployment, share, connections } = running;
  const { found, ...taken } = await timed(() => findLoadSource(usesOf(deployment), share, connections));
  if (typeof found !== 'string' || !control) return found;
  const remedy = 'name a node of the site that keeps files on the share, with a package of this release';
  const message = `nobody can write to a throw-away share: ${found}`;
  const outcome: CheckOutcome = { verdict: 'fail', message, remedy };
  report(running, 'load', 'look for a node that can write', outcome, taken);
  return undefined;
}

/** Runs the checks that have to pass before. */
async function isFit(running: Running, cluster: FoundCluster): Promise<boolean> {
  const { deployment, share, connections, emit, interrupt, results } = running;
  // A node that is not reached was told, and does not write to the share either.
  const isReached = ({ name }: NodeSettings): boolean => !(connections.get(name) instanceof Error);
  const nodes = deployment.nodes.filter((node) => connections.has(node.name) && isReached(node));
  const only = { ...deployment, nodes, shares: { [share.name]: share } };
  const checks = checksBefore(checksOf(only, { bytes: 0 }), cluster.members);
  const found = await runChecks(checks, { connections, emit, signal: interrupt.stop });
  results.push(...found);
  return !found.some(forbids);
}

interface Chosen {
  readonly target: Target;
  readonly state: ClusterState;
}

/** What the scenario is done to, of the cluster as it is now; undefined where something speaks against it, which the results say. */
async function choose(
  running: Running,
  { members, place }: FoundCluster,
  stage: Stage,
  scenario: Scenario,
): Promise<Chosen | undefined> {
  const { found, ...taken } = await timed(async () => {
    const state = await stage.look();
    const target = state ? scenario.target(state, place) : 'the cluster does not answer';
    const bad: CheckOutcome = {
      verdict: 'fail',
      message: String(target),
      remedy: 'oriel verify looks at the cluster',
    };
    if (!state || typeof target === 'string') return { outcome: bad };
    return { outcome: obstacles(target, state, members, scenario), chosen: { target, state } };
  });
  report(running, 'precondition', 'see whether the cluster can lose it', found.outcome, taken);
  return found.outcome.verdict === 'fail' ? undefined : found.chosen;
}

/** A drill that somebody has agreed to. */
interface Agreed {
  readonly running: Running;
  readonly scenario: Scenario;
  readonly cluster: FoundCluster;
  readonly writer: LoadSource | string;
}

/** Somebody may have thought about the answer for an hour: the cluster is looked at once more. */
async function carryOut(
  { running, scenario, cluster, writer }: Agreed,
  { from }: Target,
): Promise<RunOutcome> {
  const { path, share, interrupt, results } = running;
  // Who is stopped is asked last.
  const goes = cluster.members.filter(({ computer }) => same(computer, from));
  const members = [...cluster.members.filter((one) => !goes.includes(one)), ...goes];
  const control = scenario.control && controlOf(cluster.place);
  const stage = stageOf(running, { members, place: control?.place ?? cluster.place });
  const first = results.findLastIndex(({ check }) => check.startsWith('drill/precondition/'));
  const source = typeof writer === 'string' ? undefined : writer;
  const chosen = await choose(running, { ...cluster, members }, stage, scenario);
  // Of the two looks only the last one stays, now that it is there.
  results.splice(first, 1);
  if (!chosen) return refused;
  const { target, state } = chosen;
  const given = { stage, path, share: share.name, ...(source && { source }), ...(control && { control }) };
  const { acted, written, restored } = await runDrill(scenario, target, state, given);
  report(running, scenario.check, scenario.title, acted.found, acted);
  const outcome = written ?? (control ? undefined : skip(`nothing was written meanwhile: ${String(writer)}`));
  if (outcome) report(running, 'load', 'write to the share all the while', outcome, acted);
  report(running, 'restore', 'bring all back as it was', restored.found, restored);
  const failed = [acted.found, outcome, restored.found].filter((one) => one?.verdict === 'fail').length;
  return { ...nothing, changed: 1, failed, skipped: interrupt.stop.aborted ? 1 : 0 };
}

function questionOf({ what, from, to }: Target, { path }: Share): string {
  const action = to === undefined ? `Take ${what} out of the cluster` : `Move ${what} from ${from} to ${to}`;
  return `${action}, while ${path} is in use?`;
}

function showOf({ name, title, why }: Scenario, { action, onItself, from }: Target): string {
  const where = onItself ? ` on ${from} itself` : '';
  return `drill ${name}: ${title}\n  ${why}\n  ${String(action.name)}${where}, watch, and bring all back`;
}
