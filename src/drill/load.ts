import { CheckError, isFailure } from '../errors.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { AgentResults } from '../session/agent-link/agent-calls.ts';
import type { Session } from '../session/session.ts';
import type { Share } from '../site/share.ts';
import type { CheckOutcome } from '../verify/check.ts';
import type { ProbeProgram, StorageUse } from '../verify/checks/storage/model/check.ts';
import { type Complaint, failIf, judged, warnIf } from '../verify/checks/storage/model/outcomes.ts';
import { remedyOf } from '../verify/checks/storage/probe/probe.ts';
import { readReport, removeTask, startTask, waitFor } from '../verify/checks/storage/probe/task.ts';
import type { Stage } from './stage.ts';
import type { Moment } from './timeline.ts';

/** What the load says of itself (msi/launcher/oriel_load.py). */
export interface LoadReport {
  readonly state: 'working' | 'loading' | 'done' | 'failed';
  readonly seconds: number;
  readonly writes: number;
  readonly points: readonly (readonly [number, number])[];
  readonly errors: readonly {
    readonly seconds: number;
    readonly message: string;
    readonly code: number | null;
  }[];
  readonly failures: number;
  readonly error?: { readonly step: string; readonly message: string; readonly code: number | null };
}

interface ToldLoad {
  readonly report: LoadReport;
  readonly offset: number;
}

/** A node that can write to the share as its service does. */
export interface LoadSource {
  readonly session: Session;
  readonly share: Share;
  readonly use: StorageUse;
  readonly program: ProbeProgram & { readonly load: string };
}

/** Somebody who writes to the share while a drill goes on. */
export interface Load {
  /** Throws CheckError, CallError, SessionError where nothing is written. */
  readonly start: () => Promise<void>;
  /** Tells the stage of writes that failed or were held up since the look before. */
  readonly look: () => Promise<void>;
  /** Ends it and takes away what it made; gives what is left of it, in words. */
  readonly end: () => Promise<string | undefined>;
  /** What it has told last, and by how many seconds its clock is ahead of that of the stage. */
  readonly told: () => ToldLoad | undefined;
}

const task = 'oriel-load';
/** Seconds after which it ends by itself: less than Windows lets the task run. */
const hold = 1000;
/** Milliseconds of a write that are worth a line, a warning, and a failure: SessionTimeout of the client is 60 s. */
const slow = { told: 1000, warn: 30_000, fail: 60_000 } as const;

/** Tries of a second, and looks within which they have to come: a write may be held up for as long as clients wait. */
const settling = { tries: 5, looks: 90 } as const;
const late =
  'STO-30: without the witness a client waits for timeouts; then events 30803 and 30804 of the client';

/** The first node that can write to the share, or why none can. Throws SessionError. */
export async function findLoadSource(
  uses: readonly StorageUse[],
  share: Share,
  connections: Connections,
): Promise<LoadSource | string> {
  const reasons: string[] = [];
  for (const use of uses.filter((one) => one.share === share.name)) {
    const session = connections.get(use.node);
    const why = (reason: string): void => void reasons.push(`${use.node}: ${reason}`);
    const load = use.probe?.load;
    if (!session || session instanceof Error || session.kind !== 'node') why('it is not reached');
    else if (!use.probe || load === undefined) why('its package has no Python');
    else {
      const { kind } = await session.call<AgentResults['Get-FileState']>({
        call: 'Get-FileState',
        path: load,
      });
      if (kind === 'file') return { session, share, use, program: { ...use.probe, load } };
      why('its package has no oriel_load.py: upgrade the package');
    }
  }
  return reasons.length > 0 ? reasons.join('; ') : 'the site has nothing that keeps files on the share';
}

/** A load on a path of the share, which is not started yet. */
export function loadOn(path: string, source: LoadSource, stage: Stage): Load {
  const { session, use, program } = source;
  const result = resultOf(program);
  let last: LoadReport | undefined;
  let offset = 0;
  const tell = (report: LoadReport): void => {
    for (const line of newsIn(report, last)) stage.tell(`${use.node}: ${line}`);
    last = report;
  };
  return {
    told: () => last && { report: last, offset },
    async start() {
      last = await startLoad(path, source, stage);
      stage.tell(`${use.node} writes to ${path}`);
      offset = last.seconds - (stage.moments().at(-1)?.seconds ?? 0);
    },
    async look() {
      const call = { call: 'Get-FileContent', path: result };
      const { content = '' } = await session.call<{ content?: string }>(call).catch(noneYet);
      const report = content === '' ? undefined : readReport<LoadReport>(content);
      if (report) tell(report);
    },
    async end() {
      if (!last) return endedAnyway(session, result);
      try {
        await session.call({ call: 'Set-File', path: `${result}.release`, content: '' }, { cleansUp: true });
        tell(await waitFor<LoadReport>(session, result, ['done', 'failed']));
        return endedAnyway(session, result);
      } catch (error) {
        if (!isFailure(error)) throw error;
        return endedAnyway(session, result, error.message);
      }
    },
  };
}

/** Where a load tells of itself on its node. */
function resultOf({ folder }: ProbeProgram): string {
  return `${folder}\\${task}.json`;
}

/** Waits until a load has written, or failed, a few times more: what happens last is measured too. */
export async function settle(load: Load, stage: Stage): Promise<void> {
  const begun = triesOf(load);
  for (let looks = 0; looks < settling.looks && !stage.interrupted.aborted; looks++) {
    await load.look();
    if (triesOf(load) >= begun + settling.tries) return;
    await stage.pause();
  }
}

function triesOf(load: Load): number {
  const { writes = 0, failures = 0 } = load.told()?.report ?? {};
  return writes + failures;
}

/** Starts it and waits for its first write. Throws CheckError where that fails. */
async function startLoad(
  path: string,
  { session, use, program }: LoadSource,
  { interrupted }: Stage,
): Promise<LoadReport> {
  const result = resultOf(program);
  await removeTask(session, task, result);
  const words = [program.load, path, result, '--node', use.node, '--hold', String(hold)];
  await startTask(session, task, use, { ...program, words });
  const report = await waitFor<LoadReport>(session, result, ['loading', 'failed'], interrupted);
  if (report.state === 'loading' && report.failures === 0) return report;
  const found = report.error ?? report.errors[0];
  const message = `${use.node} cannot write to ${path}: ${found?.message ?? 'no reason is given'}`;
  throw new CheckError(use.node, 'load', message, remedyOf(found?.code ?? null));
}

/** Writes that failed or were held up since the report before. */
function newsIn({ errors, points }: LoadReport, before: LoadReport | undefined): readonly string[] {
  const failed = errors.slice(before?.errors.length ?? 0);
  const since = before?.points.at(-1)?.[0] ?? -1;
  const held = points.filter(([at, milliseconds]) => at > since && milliseconds >= slow.told);
  return [
    ...failed.map(({ message }) => `a write failed: ${message}`),
    ...held.map(([, milliseconds]) => `a write took ${(milliseconds / 1000).toFixed(1)} s`),
  ];
}

/** Ends what an earlier drill left, as far as it is there; its file goes with the next probe of the node. Gives what is left, in words. */
export async function endLeftLoad(session: Session, program: ProbeProgram): Promise<string | undefined> {
  return endedAnyway(session, resultOf(program));
}

async function endedAnyway(session: Session, result: string, reason?: string): Promise<string | undefined> {
  try {
    await removeTask(session, task, result);
    return reason;
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error.message;
  }
}

/** It is looked at again in a second. */
function noneYet(error: unknown): { content?: string } {
  if (isFailure(error)) return {};
  throw error;
}

/** What a load means, with its latency over time and the moments of the stage beside it. */
export function judgeLoad(
  told: ToldLoad | undefined,
  node: string,
  moments: readonly Moment[],
): CheckOutcome {
  if (!told || told.report.writes === 0)
    return { verdict: 'fail', message: `${node} has written nothing`, remedy: 'oriel verify --only STO-27' };
  const { writes, failures, errors, error, points } = told.report;
  const worst = Math.max(0, ...points.map(([, milliseconds]) => milliseconds));
  const longest = `the longest write took ${(worst / 1000).toFixed(1)} s`;
  const shifted = moments.map(({ seconds, text }) => [Math.max(0, seconds + told.offset), text] as const);
  return judged(
    [
      writeComplaint(told.report),
      failIf(
        error !== undefined,
        `${error?.step} failed: ${error?.message}`,
        'what was written is not there: see the events of the server and its disks',
      ),
      worst > slow.fail ? failIf(true, longest, late) : warnIf(worst > slow.warn, longest, late),
    ],
    `${writes} writes, none failed, ${longest}`,
    {
      ...{ node, writes, failures, longest: worst },
      errors: errors.map(({ seconds, message }) => `${seconds} s: ${message}`),
      latency: { points: points.map((point) => [...point]), marks: shifted.map((mark) => [...mark]) },
    },
  );
}

function writeComplaint({ failures, errors: [first] }: LoadReport): Complaint | undefined {
  const message = `${failures} writes failed, the first one at ${first?.seconds} s: ${first?.message}`;
  return failIf(failures > 0, message, remedyOf(first?.code ?? null));
}
