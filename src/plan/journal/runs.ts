import type { Event } from '../../events/events.ts';
import { type RunResult, resultOf } from '../../events/status.ts';
import type { Outcome } from '../apply/apply.ts';
import { type ReadOptions, readJournal } from './read-journal.ts';

/** One run as its journal tells it. */
export interface RunRecord extends Outcome {
  readonly run: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly verb: string;
  readonly deployment: string;
  /** `user@host`; null in journals of an older version. */
  readonly who: string | null;
  /** `interrupted`: it was aborted, or has no end, because it is still at work or was cut off. */
  readonly result: RunResult;
  readonly seconds: number | null;
}

export interface History {
  /** Oldest first. */
  readonly runs: readonly RunRecord[];
  /** Lines that are not events. */
  readonly torn: number;
}

/** The last runs of a journal. What is kept of it in memory is `last` runs, however long it is. */
export async function lastRuns(path: string, last: number, options: ReadOptions = {}): Promise<History> {
  const runs = new Map<string, RunRecord>();
  let torn = 0;
  for await (const piece of readJournal(path, options)) {
    torn += piece.torn;
    for (const event of piece.events) add(runs, event, last);
  }
  return { runs: [...runs.values()], torn };
}

/** Ids of the runs that begin with a text, or of the last one for `last`; of many only the first few. */
export async function findRuns(
  path: string,
  name: string,
  options: ReadOptions = {},
): Promise<readonly string[]> {
  const found = new Set<string>();
  for await (const { events } of readJournal(path, { ...options, only: 'run-started' }))
    for (const { kind, run } of events) {
      if (kind !== 'run-started') continue;
      if (name === 'last') found.clear();
      if (run === name) return [run];
      if ((name === 'last' || run.startsWith(name)) && found.size < 5) found.add(run);
    }
  return [...found];
}

function add(runs: Map<string, RunRecord>, event: Event, last: number): void {
  const { run: id, time } = event;
  if (event.kind === 'run-started') {
    const { verb, deployment, who = null } = event;
    const none = { changed: 0, unchanged: 0, failed: 0, skipped: 0 };
    runs.set(id, {
      run: id,
      started: time,
      verb,
      deployment,
      who,
      result: 'interrupted',
      seconds: null,
      ...none,
    });
    const [oldest] = runs.keys();
    if (runs.size > last && oldest !== undefined) runs.delete(oldest);
    return;
  }
  const run = runs.get(id);
  if (!run) return;
  // Counted as they come: a run that was cut off has no sum.
  if (event.kind === 'step-finished') runs.set(id, { ...run, [event.result]: run[event.result] + 1 });
  if (event.kind !== 'run-finished') return;
  const { seconds, changed, unchanged, failed, skipped } = event;
  runs.set(id, { ...run, result: resultOf(event), seconds, changed, unchanged, failed, skipped });
}
