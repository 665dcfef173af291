import type { Emit } from '../../events/events.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import { withinNode } from '../../resources/model/step-id.ts';
import type { Rollout } from '../../site/deployment.ts';
import {
  type ApplyOptions,
  type ApplyProgress,
  beginSteps,
  count,
  type Outcome,
  startProgress,
} from '../apply/apply.ts';
import { systemClock } from '../apply/clock.ts';
import type { Plan } from '../model/plan.ts';
import { type Connections, nodeSessions } from '../observe/make-plan.ts';
import { type Draining, drain, undrain } from './drain.ts';
import { findUnhealthy, type Gate } from './gate.ts';
import { undrainHealthy, undrainUnchanged } from './undrain.ts';

export interface RolloutOptions extends ApplyOptions {
  readonly rollout: Rollout;
  /** What a changed node has to pass beside its own checks. */
  readonly gate?: Gate;
  /** The load balancer that nodes leave while they are changed. */
  readonly draining?: Draining;
  /** Names of nodes that serve nobody and that the others wait for: changed first, one by one, in no load balancer. */
  readonly storageOnly?: ReadonlySet<string>;
}

/** How it ended, the nodes that it began to change, and those that are to be restarted now that all else is done. */
export interface RolloutResult extends Outcome {
  readonly begun: readonly string[];
  readonly postponed: readonly string[];
}

/** Where a rollout is: nodes that failed so far, with the first reason of each. */
type Failures = Map<string, string>;

/**
 * Changes the nodes that a plan has changes for, batch by batch: all steps of a batch, then its health, and the next batch
 * only while no more nodes than `maxFailures` have failed. What is after that is not touched. Nodes in sync stay so.
 */
export async function rollOut(
  declared: readonly Declaration[],
  connections: Connections,
  plan: Plan,
  options: RolloutOptions,
): Promise<RolloutResult> {
  const { emit, stop, rollout, storageOnly = new Set() } = options;
  const progress = startProgress();
  const failed = unreached(connections);
  const { pending, unchanged } = partsOf(plan);
  for (const one of declared)
    if (failed.has(one.node)) progress.results.set(idOf(one), Promise.resolve('skipped'));
    else if (unchanged.has(one.node)) reportInSync(one, progress, emit);
  const nodes = new Set(
    nodeSessions(connections).flatMap(({ node }) => (storageOnly.has(node) ? [] : [node])),
  );
  const batches = allBatches(
    pending.filter((node) => !failed.has(node)),
    nodes,
    rollout,
  );
  if (options.draining)
    await undrainUnchanged(unchanged, connections, { ...options, draining: options.draining });
  const unhealthy: string[] = [];
  let begun = 0;
  for (const batch of batches) {
    if (stop.aborted || failed.size > rollout.maxFailures) break;
    begun += 1;
    const members = new Set(batch);
    // In the order of all: within a batch a step may wait for one of another node.
    const own = declared.filter(({ node }) => members.has(node));
    if (batch.some((node) => nodes.has(node)))
      unhealthy.push(...(await rollBatch(batch, own, { connections, progress, failed }, options)));
    else await changeBatch(own, connections, progress, failed, options);
  }
  const left = batches.slice(begun).flat();
  if (left.length > 0) reportStop(`${begun} of ${batches.length}`, left, failed, options);
  const outcome = await count(progress);
  const unbegun = declared.filter(
    (one) => connections.has(one.node) && !progress.results.has(idOf(one)),
  ).length;
  return {
    ...outcome,
    failed: outcome.failed + unhealthy.length,
    skipped: outcome.skipped + unbegun,
    begun: batches.slice(0, begun).flat(),
    postponed: [...progress.postponed],
  };
}

interface RolloutState {
  readonly connections: Connections;
  readonly progress: ApplyProgress;
  readonly failed: Failures;
}

/** Changes one batch from its leaving the load balancer to its being back; gives the nodes that failed beside their steps. */
async function rollBatch(
  batch: readonly string[],
  own: readonly Declaration[],
  rolling: RolloutState,
  options: RolloutOptions,
): Promise<readonly string[]> {
  const { connections, progress, failed } = rolling;
  const unhealthy = new Map<string, string>();
  const note = (found: ReadonlyMap<string, string>): void => {
    for (const [node, reason] of found) {
      unhealthy.set(node, reason);
      failed.set(node, reason);
    }
  };
  const { draining } = options;
  if (draining) {
    const refused = await drain(batch, draining, connections, options);
    note(refused);
    // Nothing was done to them, so they serve as before.
    await undrain([...refused.keys()], draining, connections, options);
  }
  const change = own.filter(({ node }) => !unhealthy.has(node));
  await changeBatch(change, connections, progress, failed, options);
  note(await healthOf(change, connections, progress, failed, options));
  if (draining) {
    const suspect = batch.filter((node) => failed.has(node) && !unhealthy.has(node));
    const nodes = { batch, unhealthy: [...unhealthy.keys()], suspect };
    note(await undrainHealthy(nodes, change, connections, { ...options, draining }));
  }
  return [...unhealthy.keys()];
}

/** What serves no users goes first, and is no canary: the identity service and the storage are there for all nodes. */
function allBatches(pending: readonly string[], nodes: ReadonlySet<string>, rollout: Rollout) {
  const others = pending.filter((node) => !nodes.has(node)).map((node) => [node]);
  const able = pending.filter((node) => nodes.has(node));
  return [...others, ...batchesOf(able, rollout)];
}

/** Nodes with changes, in order, the first one alone if there is to be a canary, then `serial` at a time. */
export function batchesOf(
  nodes: readonly string[],
  { serial, canary }: Rollout,
): readonly (readonly string[])[] {
  const share =
    typeof serial === 'number' ? serial : Math.floor((nodes.length * Number.parseFloat(serial)) / 100);
  const size = Math.max(1, share);
  const [first, ...others] = nodes;
  const batches: (readonly string[])[] = canary && first !== undefined ? [[first]] : [];
  const rest = canary ? others : nodes;
  for (let at = 0; at < rest.length; at += size) batches.push(rest.slice(at, at + size));
  return batches;
}

function partsOf({ nodes, steps }: Plan): { pending: readonly string[]; unchanged: ReadonlySet<string> } {
  const changing = new Set(steps.filter(({ action }) => action !== 'none').map(({ node }) => node));
  for (const { name, error } of nodes) if (error !== undefined) changing.add(name);
  const names = nodes.map(({ name }) => name);
  return {
    pending: names.filter((name) => changing.has(name)),
    unchanged: new Set(names.filter((name) => !changing.has(name))),
  };
}

function unreached(connections: Connections): Failures {
  const errors = [...connections].filter(([, session]) => session instanceof Error);
  return new Map(errors.map(([node]) => [node, 'it is not reached']));
}

/** The plan saw it in sync a moment ago, and nothing is done to it. */
function reportInSync(one: Declaration, { results }: ApplyProgress, emit: Emit): void {
  const step = idOf(one);
  results.set(step, Promise.resolve('unchanged'));
  emit({ kind: 'step-finished', step, node: one.node, result: 'unchanged', seconds: 0, reason: 'in sync' });
}

async function changeBatch(
  own: readonly Declaration[],
  connections: Connections,
  progress: ApplyProgress,
  failed: Failures,
  options: RolloutOptions,
): Promise<void> {
  beginSteps(own, connections, progress, options);
  for (const one of own) {
    const result = await progress.results.get(idOf(one));
    if (result === 'failed' && !failed.has(one.node)) failed.set(one.node, `${nameOf(one)} failed`);
    if (result === 'skipped' && !failed.has(one.node)) failed.set(one.node, `${nameOf(one)} was skipped`);
  }
}

/** Why nodes that this batch changed are not healthy; nothing of those that failed already or were not changed. */
function healthOf(
  own: readonly Declaration[],
  connections: Connections,
  { changed }: ApplyProgress,
  failed: Failures,
  { emit, stop, abort, clock = systemClock, rollout, gate }: RolloutOptions,
): Promise<ReadonlyMap<string, string>> {
  const nodes = new Set(
    own.filter((one) => changed.has(idOf(one)) && !failed.has(one.node)).map(({ node }) => node),
  );
  const checks = own.filter(({ node, resource }) => nodes.has(node) && resource.does === 'check');
  return findUnhealthy([...nodes], checks, connections, {
    ...{ emit, stop, abort, clock, settle: rollout.settle },
    ...(gate && { gate }),
  });
}

/** One line for all nodes that were not begun: their steps say nothing else. */
function reportStop(
  place: string,
  left: readonly string[],
  failed: Failures,
  { emit, stop, rollout }: RolloutOptions,
): void {
  const shown = left.slice(0, 5).join(', ');
  const rest = left.length > 5 ? `${shown} and ${left.length - 5} more` : shown;
  const reasons = [...failed].map(([node, reason]) => `${node}: ${reason}`).join('; ');
  const why = stop.aborted ? 'as asked' : `(max_failures: ${rollout.maxFailures}): ${reasons}`;
  const message = `rollout stopped after batch ${place} ${why}; not touched: ${rest}`;
  emit({ kind: 'note', level: 'warning', message, untouched: left });
}

function nameOf(one: Declaration): string {
  return withinNode(one.node, idOf(one));
}
