import { balancerOf } from '../balancer/balancer.ts';
import { interruptedCode } from '../errors.ts';
import type { Emit, Event } from '../events/events.ts';
import type { RunResult } from '../events/status.ts';
import type { Outcome } from '../plan/apply/apply.ts';
import { withDowntime } from '../plan/journal/downtime.ts';
import { summarizeJournal } from '../plan/journal/summary.ts';
import type { BreakLock } from '../plan/locks/lock-owner.ts';
import { withNodeLocks } from '../plan/locks/node-lock.ts';
import type { Plan } from '../plan/model/plan.ts';
import { type Connections, makePlan } from '../plan/observe/make-plan.ts';
import { drainedNodes } from '../plan/rollout/drain.ts';
import { type RolloutOptions, type RolloutResult, rollOut } from '../plan/rollout/rollout.ts';
import type { Interrupt } from '../plan/run/interrupt.ts';
import { withRun } from '../plan/run/run.ts';
import { openStateFolder } from '../plan/run/state-folder.ts';
import { json } from '../report/json.ts';
import { planTable } from '../report/plan-table.ts';
import type { Declaration } from '../resources/model/resource.ts';
import type { Deployment } from '../site/deployment.ts';
import { storageOnlyNodes } from './compose/nodes.ts';
import { askConsent, assertAnswer, type Consent, type ConsentFlags, isGiven } from './consent.ts';
import type { Context } from './context.ts';
import type { DesiredState } from './desired-state.ts';
import { checksGate } from './gate.ts';
import { ownContinuation, restartOwnNode } from './restarts/own-restart.ts';
import { warnOfPendingRestarts } from './restarts/pending-restarts.ts';
import { type Targets, withTargets } from './targets.ts';

/** Options that every verb has which changes nodes. */
export interface ChangeFlags extends ConsentFlags {
  readonly breakLock?: true;
  readonly verbose?: true;
}

/** What a run knows once its nodes are reached. */
export interface Survey {
  readonly declared: readonly Declaration[];
  readonly plan: Plan;
  readonly connections: Connections;
  readonly emit: Emit;
  readonly interrupt: Interrupt;
}

export interface ChangeRequest {
  readonly verb: string;
  /** What is said of it on the command line, where that is not the verb: `upgrade --contract`. */
  readonly what?: string;
  readonly desired: Pick<DesiredState, 'deployment' | 'folder'> &
    Partial<Pick<DesiredState, 'declared'>> &
    Pick<Targets, 'all'>;
  readonly flags: ChangeFlags;
  readonly context: Context;
  /** What is to be there, where that is known only once the nodes are reached. */
  readonly declare: (
    connections: Connections,
    emit: Emit,
  ) => Promise<readonly Declaration[]> | readonly Declaration[];
  /** Throws where the plan must not be carried out; nothing was asked, and nothing touched. */
  readonly check?: (survey: Survey) => Promise<void> | void;
  /** Nothing is asked: somebody has agreed already, and this is how. */
  readonly consent?: Consent;
  readonly question: (plan: Plan) => string;
  /** What changes beside the steps of the plan, in words. */
  readonly beside?: () => readonly string[];
  /** Done when it is agreed, before the first node. */
  readonly first?: (survey: Survey) => Promise<void>;
  /** Ids of the steps that may change something. */
  readonly allowed?: (plan: Plan) => ReadonlySet<string>;
  /** In place of how the site file wants nodes to be changed. */
  readonly rollout?: Pick<RolloutOptions, 'rollout' | 'gate' | 'draining'>;
  /** Done when the rollout has not ended well. */
  readonly failed?: (survey: Survey, rollout: RolloutResult) => Promise<void>;
}

/**
 * One run that changes nodes: looks at all of them, checks, shows the plan and asks, locks what is to be changed and rolls it
 * out. Gives the exit code.
 */
export async function changeNodes(change: ChangeRequest): Promise<number> {
  const { verb, desired, flags, declare, check } = change;
  const { deployment, folder } = desired;
  const before: Consent[] = [];
  const keep = (consent: Consent): void => void before.push(consent);
  let restarting = false;
  const breaking = flags.breakLock && lockBreaker(change, keep);
  const run = {
    verb,
    deployment,
    folder,
    onEvent: reporter(change),
    breakLock: breaking,
    interrupt: change.context.interrupt,
  };
  const end = await withRun(run, (told, interrupt) => {
    const left = new Set<string>();
    const emit: Emit = (fact) => {
      if (fact.kind === 'node-failed') left.add(fact.node);
      told(fact);
    };
    // The lock of the deployment is taken before there is a journal.
    for (const consent of before) emit(consent);
    const breakLock = flags.breakLock && lockBreaker(change, emit);
    const { sessions, open } = change.context;
    return withTargets(desired, { emit, interrupt, sessions, open }, async (connections) => {
      interrupt.stop.throwIfAborted();
      const declared = await declare(connections, emit);
      const plan = await makePlan(deployment, declared, connections, { emit, signal: interrupt.abort });
      const survey = { declared, plan, connections, emit, interrupt };
      await check?.(survey);
      interrupt.stop.throwIfAborted();
      if (!(await confirmed(survey, change))) return 'declined';
      const locks = { connections, plan, verb, lock: folder.lock, breakLock, emit };
      const { postponed, ...outcome } = await withNodeLocks(locks, (reached) =>
        carryOut({ ...survey, connections: reached }, change),
      );
      restarting = postponed.length > 0 && !interrupt.stop.aborted;
      const next = ownContinuation(deployment.name, flags.yes === true);
      if (restarting) for (const node of postponed) await restartOwnNode(node, connections, emit, next);
      return { ...withLeftOut(outcome, left), restarting };
    });
  });
  return restarting && end.failed === 0 ? changesPending : exitCodes[end.result];
}

/** The exit code of a run that goes on after a restart of the node that it ran on. */
const changesPending = 3;

/** A node that was left out and has no step of its own, as in a rollback, is a failure all the same. */
function withLeftOut(outcome: Outcome, { size }: ReadonlySet<string>): Outcome {
  return outcome.failed + outcome.skipped > 0 ? outcome : { ...outcome, failed: size };
}

/** A run that ended before it looked at anything, as nobody agreed to it: it stands in the journal. Gives the exit code. */
export async function declineRun(
  declined: Pick<ChangeRequest, 'verb' | 'flags' | 'context'>,
  deployment: Deployment,
  consent: Consent,
): Promise<number> {
  const run = { verb: declined.verb, deployment, folder: await openStateFolder(deployment) };
  const { result } = await withRun({ ...run, onEvent: reporter(declined) }, async (emit) => {
    emit(consent);
    return 'declined';
  });
  return exitCodes[result];
}

function reporter({ flags, context }: Pick<ChangeRequest, 'flags' | 'context'>): (event: Event) => void {
  return flags.json ? (event) => context.print(json(event)) : context.emit;
}

const exitCodes: Readonly<Record<RunResult, number>> = {
  done: 0,
  // What comes after it in a script counts on the change.
  declined: 1,
  failed: 1,
  interrupted: interruptedCode,
};

async function carryOut(
  survey: Survey,
  change: ChangeRequest,
): Promise<Outcome & Pick<RolloutResult, 'postponed'>> {
  const { declared, connections, plan, emit, interrupt } = survey;
  const { desired, flags, first, allowed, failed } = change;
  await first?.(survey);
  const rollout = await rollOut(declared, connections, plan, {
    ...{ emit, ...interrupt, ...(change.rollout ?? rolloutOf(desired.deployment)) },
    ...(allowed && { allowed: allowed(plan) }),
    verbose: flags.verbose ?? false,
  });
  const { begun: _, ...outcome } = rollout;
  // What only waits for a restart has not failed.
  const isPostponed = outcome.postponed.length > 0 && outcome.failed === 0;
  if (outcome.failed + outcome.skipped > 0 && !isPostponed) await failed?.(survey, rollout);
  await warnOfPendingRestarts(desired.deployment, connections, emit);
  return outcome;
}

/** How the site file wants nodes to be changed: in which batches, out of which load balancer, through which gate. */
export function rolloutOf(
  deployment: Deployment,
): Pick<RolloutOptions, 'rollout' | 'gate' | 'draining' | 'storageOnly'> {
  const { rollout, nodes } = deployment;
  return {
    rollout,
    storageOnly: new Set(storageOnlyNodes(deployment).map(({ name }) => name)),
    ...(rollout.health.gate && { gate: checksGate(deployment) }),
    ...(rollout.drain && { draining: { balancer: balancerOf(rollout.drain), nodes } }),
  };
}

/** Throws InputError where nobody can be asked. */
function lockBreaker({ flags, context }: ChangeRequest, keep: (consent: Consent) => void): BreakLock {
  const what = '--break-lock';
  assertAnswer(what, flags, context);
  return async (question) => {
    const consent = await askConsent({ what, question }, flags, context);
    keep(consent);
    return isGiven(consent);
  };
}

/** Shows the plan and asks, and puts the answer into the journal; what needs no change needs no answer. */
async function confirmed(survey: Survey, change: ChangeRequest): Promise<boolean> {
  const { plan, connections, emit } = survey;
  const { verb, what = verb, desired, flags, context, question, beside } = change;
  const also = [...(beside?.() ?? []), ...(await comingBack(connections, change))];
  if (!change.consent && also.length === 0 && plan.steps.every(({ action }) => action === 'none'))
    return true;
  const today = plan.steps.map(({ id }) => id);
  const show = async (): Promise<string> => {
    const summary = await summarizeJournal(desired.folder.journal, { today });
    return [planTable(withDowntime(plan, summary), { width: context.width }), ...also].join('\n');
  };
  const request = { what, question: question(plan), show };
  const consent = change.consent ?? (await askConsent(request, flags, context));
  emit(consent);
  return isGiven(consent);
}

/** An earlier run left these out of the load balancer, and this one puts them back. */
async function comingBack(
  connections: Connections,
  { desired, rollout }: ChangeRequest,
): Promise<readonly string[]> {
  if (!(rollout ?? rolloutOf(desired.deployment)).draining) return [];
  return (await drainedNodes(connections)).map((node) => `${node} comes back to the load balancer`);
}
