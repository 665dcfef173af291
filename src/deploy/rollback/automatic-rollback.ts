import { makePlan, nodeSessions } from '../../plan/observe/make-plan.ts';
import { rollOut } from '../../plan/rollout/rollout.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import type { Generation } from '../../resources/generation/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import { rolloutOf, type Survey } from '../change-nodes.ts';
import { type ByComponent, declareRollback, nodesIn } from './declarations.ts';

/**
 * Brings nodes that a run has begun to change back to what they had before it (`rollout.on_failure: rollback`), one after
 * another, and says so. Nodes that had nothing before stay as they are. Gives whether all of them are back.
 */
export async function rollBackAutomatically(
  deployment: Deployment,
  before: ByComponent<Generation>,
  begun: readonly string[],
  { connections, emit, interrupt }: Pick<Survey, 'connections' | 'emit' | 'interrupt'>,
): Promise<boolean> {
  const note = (message: string): void => emit({ kind: 'note', level: 'warning', message });
  const nodes = new Set(nodeSessions(connections).map(({ node }) => node));
  const known = new Set(nodesIn(before));
  const fresh = begun.filter((node) => nodes.has(node) && !known.has(node));
  if (fresh.length > 0) note(`${fresh.join(', ')}: had nothing before that it could go back to`);
  const targets: ByComponent<Generation> = new Map(
    [...before].map(([component, nodes]) => [
      component,
      new Map([...nodes].filter(([node]) => begun.includes(node))),
    ]),
  );
  const rollingBack = new Set(nodesIn(targets));
  if (rollingBack.size === 0 || interrupt.stop.aborted) return false;
  const names = [...targets.values()].flatMap((nodes) =>
    [...nodes].map(([node, { version }]) => `${node} to ${version}`),
  );
  note(`on_failure: rollback: goes back: ${names.join(', ')}`);
  const { salt } = await openStateFolder(deployment);
  const declared = await declareRollback(deployment, targets, connections, { salt, emit });
  const reached = new Map([...connections].filter(([node]) => rollingBack.has(node)));
  const plan = await makePlan(deployment, declared, reached, { emit, signal: interrupt.abort });
  const usual = rolloutOf(deployment);
  const rollout = { ...usual.rollout, canary: false, maxFailures: rollingBack.size };
  const { failed, skipped } = await rollOut(declared, reached, plan, {
    emit,
    ...interrupt,
    ...usual,
    rollout,
  });
  note(failed + skipped > 0 ? 'not every node is back' : `back: ${names.join(', ')}`);
  return failed + skipped === 0;
}
