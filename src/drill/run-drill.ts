import { CheckError, isFailure } from '../errors.ts';
import type { State } from '../resources/model/state.ts';
import { type CheckOutcome, pass } from '../verify/check.ts';
import { failIf, judged, warnIf } from '../verify/checks/storage/model/outcomes.ts';
import type { ClusterState } from './cluster-state.ts';
import { type Control, makeControl, removeControl } from './control.ts';
import { judgeLoad, type Load, type LoadSource, loadOn, settle } from './load.ts';
import { type DrillRecord, readRecord, removeRecord, writeRecord } from './record.ts';
import { restore } from './restore.ts';
import { type Taken, timed } from './running.ts';
import type { Scenario, Target } from './scenario.ts';
import type { Stage } from './stage.ts';
import { timelineOf } from './timeline.ts';

/** What a drill has come to: whether what was expected came true, what was written meanwhile, and whether all is as before. */
export interface DrillEnd {
  readonly acted: Taken & { readonly found: CheckOutcome };
  /** Absent: nothing was written. */
  readonly written?: CheckOutcome;
  readonly restored: Taken & { readonly found: CheckOutcome };
}

/** Where a drill acts, and what it works with. */
export interface DrillPlace {
  readonly stage: Stage;
  /** Of the record of how things were. */
  readonly path: string;
  readonly share: string;
  /** Who writes to the share all the while; absent: nobody can. */
  readonly source?: LoadSource;
  /** The share that is used, where that is a throw-away one. */
  readonly control?: Control;
}

/** What one drill works with. */
interface Course extends DrillPlace {
  readonly scenario: Scenario;
  readonly record: DrillRecord;
  readonly load?: Load;
}

/**
 * Writes down how things are, acts, watches the cluster until what is expected is so, and brings all back, whatever happens in between.
 * Throws what is no failure of a node; the file at `path` then stays, as it does where not all could be brought back.
 */
export async function runDrill(
  scenario: Scenario,
  target: Target,
  before: ClusterState,
  place: DrillPlace,
): Promise<DrillEnd> {
  const { stage, path, share, source, control } = place;
  const record: DrillRecord = {
    ...{ scenario: scenario.name, share, started: new Date().toISOString(), ...target.before },
    ...(source && { load: source.use.node }),
    ...(control && { control: control.record }),
  };
  await writeRecord(path, record);
  const load = source && loadOn((control?.place.share ?? source.share).path, source, stage);
  const course: Course = { ...place, scenario, record, ...(load && { load }) };
  const acted = await timed(() => act(target, before, course));
  // Where the node was known only later, the record on the disk has it.
  const restored = await timed(async () =>
    bringBack((await readRecord(path)) ?? record, path, stage, load?.end),
  );
  const written = load && source && judgeLoad(load.told(), source.use.node, stage.moments());
  const found = control ? controlled(acted.found, written) : acted.found;
  const evidence = { ...found.evidence, ...evidenceOf(stage, written) };
  const shown = { acted: { ...acted, found: { ...found, evidence } }, restored };
  return written && !control ? { ...shown, written } : shown;
}

async function act(target: Target, before: ClusterState, course: Course): Promise<CheckOutcome> {
  const { stage, load, control } = course;
  try {
    if (control) await makeControl(control, stage.ask());
    await load?.start();
    const now = control ? await targetOfControl(course, control) : { target, before };
    await stage.act(now.target.action, now.target.onItself && now.target.from);
    const found = await watch(now.target, now.before, course);
    if (load) await settle(load, stage);
    return found;
  } catch (error) {
    if (!isFailure(error)) throw error;
    const remedy = 'remedy' in error ? error.remedy : undefined;
    const what = error instanceof CheckError ? '' : `${String(target.action.name)} failed: `;
    return judged([failIf(true, `${what}${error.message}`, remedy)], '');
  }
}

/** Which node has the file on the throw-away share open is known when it is; then the record says so. */
async function targetOfControl(
  { scenario, stage, path, record }: Course,
  { place }: Control,
): Promise<{ readonly target: Target; readonly before: ClusterState }> {
  const before = await stage.look();
  const target = before ? scenario.target(before, place) : 'the cluster does not answer';
  if (!before || typeof target === 'string') throw new CheckError(place.share.path, 'STO-45', String(target));
  await writeRecord(path, { ...record, ...target.before });
  return { target, before };
}

/** On a throw-away share a drill is right where writes fail. */
function controlled(found: CheckOutcome, written: CheckOutcome | undefined): CheckOutcome {
  if (found.verdict === 'fail' || found.verdict === 'skip') return found;
  const { evidence, verdict, message } = written ?? {};
  if (verdict === 'fail' && Number(evidence?.failures) > 0)
    return pass(`as it has to be without continuous availability: ${message}`, evidence);
  return judged(
    [
      failIf(
        true,
        `no write failed on a share without continuous availability: ${message ?? 'nothing was written'}`,
        'other drills on this cluster prove nothing: see whether the node that has the file is the one that goes (Get-SmbOpenFile)',
      ),
    ],
    '',
    evidence,
  );
}

/**
 * Brings back what a record tells of, ends what writes to the share and takes the throw-away share away; then removes the record, where
 * all of it is done.
 */
export async function bringBack(
  record: DrillRecord,
  path: string,
  stage: Stage,
  endLoad?: () => Promise<string | undefined>,
): Promise<CheckOutcome> {
  const cluster = await restore(record, stage);
  const running = await endLoad?.();
  const remedy = 'Unregister-ScheduledTask -TaskPath \\oriel\\ -TaskName oriel-load';
  const left = [
    ...cluster,
    ...(running === undefined ? [] : [{ what: `${record.load} may still write: ${running}`, remedy }]),
    ...(record.control ? await removeControl(record.control, stage.ask()) : []),
  ];
  if (left.length === 0) await removeRecord(path);
  return judged(
    left.map(({ what, remedy }) =>
      failIf(true, what, `${remedy}; then the same drill with --restore, which goes on here`),
    ),
    'all is as it was before',
  );
}

export function evidenceOf(stage: Stage, written?: CheckOutcome): State {
  return {
    watched: `state of the cluster and open files; ${written ? 'a file was written all the while' : 'nothing was read or written'}`,
    ...timelineOf(stage.moments()),
  };
}

async function watch(
  target: Target,
  before: ClusterState,
  { scenario, stage, load }: Course,
): Promise<CheckOutcome> {
  const begun = performance.now();
  let missing: string | undefined = 'the cluster does not answer';
  for (let looks = 0; looks < scenario.looks; looks++) {
    if (looks > 0) await stage.pause();
    const state = await stage.look();
    await load?.look();
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
