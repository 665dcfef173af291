import { checksOf } from '../components/index.ts';
import { isGiven } from '../deploy/consent.ts';
import { openAgain } from '../deploy/open-node.ts';
import { InputError, interruptedCode } from '../errors.ts';
import { withSessions } from '../plan/observe/connect.ts';
import { type RunOutcome, withRun } from '../plan/run/run.ts';
import { openStateFolder } from '../plan/run/state-folder.ts';
import type { Session } from '../session/session.ts';
import type { NodeSettings } from '../site/deployment.ts';
import type { Share } from '../site/share.ts';
import type { CheckOutcome, CheckResult } from '../verify/check.ts';
import { same } from '../verify/checks/storage/model/read.ts';
import { runChecks } from '../verify/run-checks.ts';
import type { ClusterState } from './cluster-state.ts';
import type { FoundCluster } from './find-cluster.ts';
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

const outcome = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };
const refused = { ...outcome, failed: 1 };
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
    return withSessions(nodes, open, emit, (connections) =>
      drill({ ...request, path, emit, interrupt, connections, results, moments }),
    );
  });
  return { code: exitCodes[result], results, moments };
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
    return { ...outcome, changed: left ? 1 : 0 };
  }
  interrupt.stop.throwIfAborted();
  const cluster = await reached(running);
  if (!cluster) return refused;
  const fit = await isFit(running, cluster);
  const chosen = await choose(running, cluster, stageOf(running, cluster), scenario);
  interrupt.stop.throwIfAborted();
  if (!fit || !chosen) return refused;
  const { target } = chosen;
  const what = `drill --scenario ${scenario.name}`;
  const show = (): string => showOf(scenario, target);
  if (!isGiven(await agreed(running, what, questionOf(target, running.share), show))) return 'declined';
  interrupt.stop.throwIfAborted();
  return carryOut(running, scenario, cluster, target);
}

/** Runs the checks that have to pass before. */
async function isFit(running: Running, cluster: FoundCluster): Promise<boolean> {
  const { deployment, share, connections, emit, interrupt, results } = running;
  const only = { ...deployment, shares: { [share.name]: share } };
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

/** Somebody may have thought about the answer for an hour: the cluster is looked at once more. */
async function carryOut(
  running: Running,
  scenario: Scenario,
  cluster: FoundCluster,
  { from }: Target,
): Promise<RunOutcome> {
  const { path, share, interrupt, results } = running;
  // Who is stopped is asked last.
  const goes = cluster.members.filter(({ computer }) => same(computer, from));
  const members = [...cluster.members.filter((one) => !goes.includes(one)), ...goes];
  const stage = stageOf(running, { ...cluster, members });
  const first = results.findLastIndex(({ check }) => check.startsWith('drill/precondition/'));
  const chosen = await choose(running, { ...cluster, members }, stage, scenario);
  // Of the two looks only the last one stays, now that it is there.
  results.splice(first, 1);
  if (!chosen) return refused;
  const { target, state } = chosen;
  const { acted, restored } = await runDrill(scenario, target, state, { stage, path, share: share.name });
  report(running, scenario.check, scenario.title, acted.found, acted);
  report(running, 'restore', 'bring all back as it was', restored.found, restored);
  const failed = [acted, restored].filter(({ found }) => found.verdict === 'fail').length;
  return { ...outcome, changed: 1, failed, skipped: interrupt.stop.aborted ? 1 : 0 };
}

function questionOf({ what, from, to }: Target, { path }: Share): string {
  const action = to === undefined ? `Take ${what} out of the cluster` : `Move ${what} from ${from} to ${to}`;
  return `${action}, while ${path} is in use?`;
}

function showOf({ name, title, why }: Scenario, { action, onItself, from }: Target): string {
  const where = onItself ? ` on ${from} itself` : '';
  return `drill ${name}: ${title}\n  ${why}\n  ${String(action.name)}${where}, watch, and bring all back`;
}
