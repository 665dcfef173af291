import type { Emit } from '../events/events.ts';
import { withTraces } from '../plan/journal/audit-trail.ts';
import { withOutlook } from '../plan/journal/downtime.ts';
import { type Recalled, recall } from '../plan/journal/summary.ts';
import type { Plan } from '../plan/model/plan.ts';
import { plan } from '../plan/observe/make-plan.ts';
import { tellLeftOut } from '../plan/rollout/drain.ts';
import type { Wanted } from './desired-state.ts';
import { tellPendingRestarts } from './pending-restarts.ts';
import { withTargets } from './targets.ts';

/** What was found on the nodes, and what the journal says of earlier runs. */
export interface Seen {
  readonly made: Plan;
  readonly past: Recalled;
}

/**
 * Looks at every node; `all` also at what depends on pending changes. What was changed on a node by hand is marked, with what
 * journal and event logs say of it.
 */
export function lookAt(
  { deployment, declared, folder }: Wanted,
  emit: Emit,
  options: { readonly all?: boolean } = {},
): Promise<Seen> {
  return withTargets({ deployment, declared }, emit, undefined, async (reached) => {
    if (deployment.rollout.drain) await tellLeftOut(reached, emit);
    await tellPendingRestarts(deployment, reached, emit);
    const made = await plan(deployment, declared, reached, { emit, ...options });
    const past = await recall(folder.journal);
    return { made: await withTraces(withOutlook(made, past), declared, reached), past };
  });
}
