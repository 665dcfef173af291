import { isFailure } from '../errors.ts';
import type { State } from '../resources/model/state.ts';
import type { CheckOutcome } from '../verify/check.ts';
import { failIf, judged, warnIf } from '../verify/checks/storage/model/outcomes.ts';
import type { ClusterState } from './cluster-state.ts';
import { type DrillRecord, removeRecord, writeRecord } from './record.ts';
import { restore } from './restore.ts';
import { type Taken, timed } from './running.ts';
import type { Scenario, Target } from './scenario.ts';
import type { Stage } from './stage.ts';
import { timelineOf } from './timeline.ts';

/** What a drill has come to: whether what was expected came true, and whether all is as before. */
export interface DrillEnd {
  readonly acted: Taken & { readonly found: CheckOutcome };
  readonly restored: Taken & { readonly found: CheckOutcome };
}

/**
 * Writes down how things are, acts, watches the cluster until what is expected is so, and brings all back, whatever happens in between.
 * Throws what is no failure of a node; the file at `path` then stays, as it does where not all could be brought back.
 */
export async function runDrill(
  scenario: Scenario,
  target: Target,
  before: ClusterState,
  { stage, path, share }: { readonly stage: Stage; readonly path: string; readonly share: string },
): Promise<DrillEnd> {
  const started = new Date().toISOString();
  const record = { scenario: scenario.name, share, started, ...target.before };
  await writeRecord(path, record);
  const acted = await timed(() => act(scenario, target, before, stage));
  const restored = await timed(() => bringBack(record, path, stage));
  const evidence = { ...acted.found.evidence, ...evidenceOf(stage) };
  return { acted: { ...acted, found: { ...acted.found, evidence } }, restored };
}

async function act(
  scenario: Scenario,
  target: Target,
  before: ClusterState,
  stage: Stage,
): Promise<CheckOutcome> {
  try {
    await stage.act(target.action, target.onItself && target.from);
    return await watch(scenario, target, before, stage);
  } catch (error) {
    if (!isFailure(error)) throw error;
    const remedy = 'remedy' in error ? error.remedy : undefined;
    return judged([failIf(true, `${String(target.action.name)} failed: ${error.message}`, remedy)], '');
  }
}

/** Brings back what a record tells of, and removes it where that is done. */
export async function bringBack(record: DrillRecord, path: string, stage: Stage): Promise<CheckOutcome> {
  const left = await restore(record, stage);
  if (left.length === 0) await removeRecord(path);
  return judged(
    left.map(({ what, remedy }) =>
      failIf(true, what, `${remedy}; then the same drill with --restore, which goes on here`),
    ),
    'all is as it was before',
  );
}

export function evidenceOf(stage: Stage): State {
  return {
    watched: 'state of the cluster and open files; nothing was read or written',
    ...timelineOf(stage.moments()),
  };
}

async function watch(
  scenario: Scenario,
  target: Target,
  before: ClusterState,
  stage: Stage,
): Promise<CheckOutcome> {
  const begun = performance.now();
  let missing: string | undefined = 'the cluster does not answer';
  for (let looks = 0; looks < scenario.looks; looks++) {
    if (looks > 0) await stage.pause();
    const state = await stage.look();
    missing = state ? scenario.missing(state, target) : 'the cluster does not answer';
    if (state && missing === undefined)
      return judgedAfter(before, state, target, (performance.now() - begun) / 1000);
    if (stage.interrupted.aborted) return { verdict: 'skip', message: `interrupted: ${missing}` };
  }
  const message = `not within ${scenario.looks} looks a second apart: ${missing}`;
  return judged([failIf(true, message, 'see the events of the cluster: Get-ClusterLog')], '');
}

/** A file that is no longer open was lost, or its client has closed it: from here nobody can tell. */
function judgedAfter(
  before: ClusterState,
  after: ClusterState,
  { what, from, to }: Target,
  seconds: number,
): CheckOutcome {
  const gone = before.files.filter(
    ({ client, path }) => !after.files.some((one) => one.client === client && one.path === path),
  );
  const how = to === undefined ? `${what} is out of the cluster` : `${what} went from ${from} to ${to}`;
  const open = `${after.files.length} of ${before.files.length} files still open`;
  return judged(
    gone.map(({ client, path }) =>
      warnIf(
        true,
        `${path} of ${client} is no longer open: lost, or closed by its client`,
        'see the log of the service for errors at that time (oriel verify looks at the last hour)',
      ),
    ),
    `${how} after ${seconds.toFixed(1)} s, ${open}`,
    {
      seconds: Math.round(seconds * 10) / 10,
      filesBefore: before.files.length,
      filesAfter: after.files.length,
    },
  );
}
