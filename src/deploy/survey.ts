import { withAuditTrail } from '../plan/journal/audit-trail.ts';
import { withDowntime } from '../plan/journal/downtime.ts';
import { type JournalSummary, summarizeJournal } from '../plan/journal/summary.ts';
import type { Plan } from '../plan/model/plan.ts';
import { makePlan } from '../plan/observe/make-plan.ts';
import { warnOfDrained } from '../plan/rollout/drain.ts';
import { idOf } from '../resources/model/resource.ts';
import type { Context } from './context.ts';
import type { DesiredState } from './desired-state.ts';
import { withFileDifferences } from './file-differences.ts';
import { warnOfPendingRestarts } from './restarts/pending-restarts.ts';
import { withTargets } from './targets.ts';

/** What was found on the nodes, and what the journal says of earlier runs. */
export interface SiteState {
  readonly plan: Plan;
  readonly past: JournalSummary;
}

/**
 * Looks at every node; `all` also at what depends on pending changes; `diff`: also into files that differ. What was changed on a node by hand is marked, with what
 * journal and event logs say of it.
 */
export function surveySite(
  { deployment, declared, folder }: DesiredState,
  { emit, sessions }: Pick<Context, 'emit' | 'sessions'>,
  { all = false, diff = false }: { readonly all?: boolean; readonly diff?: boolean | undefined } = {},
): Promise<SiteState> {
  return withTargets({ deployment, declared }, { emit, sessions }, async (connections) => {
    if (deployment.rollout.drain) await warnOfDrained(connections, emit);
    await warnOfPendingRestarts(deployment, connections, emit);
    const seen = await makePlan(deployment, declared, connections, { emit, all });
    const plan = diff ? await withFileDifferences(seen, declared, connections) : seen;
    const past = await summarizeJournal(folder.journal, { today: declared.map(idOf) });
    return { plan: await withAuditTrail(withDowntime(plan, past), declared, connections), past };
  });
}
