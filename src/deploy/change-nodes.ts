import { balancerOf } from '../balancer/balancer.ts';
import { InputError } from '../errors.ts';
import type { Emit } from '../events/events.ts';
import type { Outcome } from '../plan/apply/apply.ts';
import { withDowntime } from '../plan/journal/downtime.ts';
import { summarizeJournal } from '../plan/journal/summary.ts';
import type { BreakLock } from '../plan/locks/lock-owner.ts';
import { withNodeLocks } from '../plan/locks/node-lock.ts';
import type { Plan } from '../plan/model/plan.ts';
import { type Connections, makePlan } from '../plan/observe/make-plan.ts';
import { type RolloutOptions, type RolloutResult, rollOut } from '../plan/rollout/rollout.ts';
import type { Interrupt } from '../plan/run/interrupt.ts';
import { withRun } from '../plan/run/run.ts';
import { json } from '../report/json.ts';
import { planTable } from '../report/plan-table.ts';
import type { Declaration } from '../resources/model/resource.ts';
import type { Deployment } from '../site/deployment.ts';
import { storageOnlyNodes } from './compose/nodes.ts';
import type { Context } from './context.ts';
import type { DesiredState } from './desired-state.ts';
import { checksGate } from './gate.ts';
import { warnOfPendingRestarts } from './pending-restarts.ts';
import { withTargets } from './targets.ts';

/** Options that every verb has which changes nodes. */
export interface ChangeFlags {
  readonly yes?: true;
  readonly breakLock?: true;
  readonly json?: true;
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

export interface Change {
  readonly verb: string;
  readonly desired: Pick<DesiredState, 'deployment' | 'folder'> & Partial<Pick<DesiredState, 'declared'>>;
  readonly flags: ChangeFlags;
  readonly context: Context;
  /** What is to be there, where that is known only once the nodes are reached. */
  readonly declare: (
    connections: Connections,
    emit: Emit,
  ) => Promise<readonly Declaration[]> | readonly Declaration[];
  /** Throws where the plan must not be carried out; nothing was asked, and nothing touched. */
  readonly check?: (looked: Survey) => Promise<void> | void;
  /** Nothing is asked: somebody has agreed already. */
  readonly agreed?: boolean;
  readonly question: (plan: Plan) => string;
  /** Done when it is agreed, before the first node. */
  readonly first?: (looked: Survey) => Promise<void>;
  /** Ids of the steps that may change something. */
  readonly allowed?: (plan: Plan) => ReadonlySet<string>;
  /** In place of how the site file wants nodes to be changed. */
  readonly rollout?: Pick<RolloutOptions, 'rollout' | 'gate' | 'draining'>;
  /** Done when the rollout has not ended well. */
  readonly failed?: (looked: Survey, rolled: RolloutResult) => Promise<void>;
}

/**
 * One run that changes nodes: looks at all of them, checks, shows the plan and asks, locks what is to be changed and rolls it
 * out. Gives the exit code.
 */
export async function changeNodes(change: Change): Promise<number> {
  const { verb, desired, flags, context, declare, check } = change;
  const { deployment, folder } = desired;
  const tell = flags.json ? (event: object) => context.print(json(event)) : context.emit;
  const breakLock = flags.breakLock && lockBreaker(context);
  const outcome = await withRun({ verb, deployment, folder, tell, breakLock }, (emit, interrupt) => {
    return withTargets(desired, emit, interrupt.stop, async (connections) => {
      const declared = await declare(connections, emit);
      const plan = await makePlan(deployment, declared, connections, { emit, signal: interrupt.abort });
      const looked = { declared, plan, connections, emit, interrupt };
      await check?.(looked);
      if (!(await agreed(plan, change))) return nothing;
      return withNodeLocks({ connections, plan, verb, lock: folder.lock, breakLock }, () =>
        carryOut(looked, change),
      );
    });
  });
  return outcome.failed + outcome.skipped > 0 ? 1 : 0;
}

const nothing: Outcome = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };

async function carryOut(looked: Survey, change: Change): Promise<Outcome> {
  const { declared, connections, plan, emit, interrupt } = looked;
  const { desired, flags, first, allowed, failed } = change;
  await first?.(looked);
  const rolled = await rollOut(declared, connections, plan, {
    ...{ emit, ...interrupt, ...(change.rollout ?? rolloutOf(desired.deployment)) },
    ...(allowed && { allowed: allowed(plan) }),
    verbose: flags.verbose ?? false,
  });
  const { begun: _, ...outcome } = rolled;
  if (outcome.failed + outcome.skipped > 0) await failed?.(looked, rolled);
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
function lockBreaker({ ask }: Context): BreakLock {
  if (ask) return ask;
  throw new InputError([{ message: '--break-lock asks first, and nobody is there to answer' }]);
}

/** Shows the plan and asks; what needs no change needs no answer. */
async function agreed(plan: Plan, { context, flags, desired, agreed, question }: Change): Promise<boolean> {
  const { ask, emit } = context;
  if (agreed || flags.yes || !ask || plan.steps.every(({ action }) => action === 'none')) return true;
  // With --json standard output is for events alone, so the plan that is asked about goes to standard error.
  const aside = (message: string): void => emit({ kind: 'note', level: 'info', message });
  const print = flags.json ? aside : context.print;
  print(
    planTable(
      withDowntime(
        plan,
        await summarizeJournal(desired.folder.journal, { today: plan.steps.map(({ id }) => id) }),
      ),
    ),
  );
  return ask(question(plan));
}
