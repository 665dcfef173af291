import { stat } from 'node:fs/promises';
import type { Event } from '../../events/events.ts';
import { type RunResult, resultOf } from '../../events/status.ts';
import type { Plain } from '../../resources/model/state.ts';
import { stepParts } from '../../resources/model/step-id.ts';
import { type ReadOptions, readJournal } from './read-journal.ts';

/** Who ran what and when, as far as it concerns one node or step. */
export interface RunReference {
  readonly run: string;
  readonly verb: string;
  /** ISO 8601, UTC: when the run began, or of a step, when it ended. */
  readonly time: string;
  readonly who: string | null;
}

/** The last run that worked on a node. `interrupted`: it was aborted, or has no end: it is still at work, or was cut off. */
export interface LastRun extends RunReference {
  readonly result: Exclude<RunResult, 'declined'>;
}

/** What a step was last brought to, property by property. */
export interface LastChange extends RunReference {
  readonly values: Readonly<Record<string, Plain>>;
}

/** Why the service of a component is away: another package, or a restart; `install`: it comes for the first time. */
export type OutageEffect = 'install' | 'replace' | 'restart';

/** How long the service of a component was away from a node once. */
export interface Outage {
  readonly node: string;
  readonly component: string;
  readonly effect: OutageEffect;
  readonly seconds: number;
}

/** What a journal says for people to read; nothing is decided by it. */
export interface JournalSummary {
  readonly nodes: ReadonlyMap<string, LastRun>;
  readonly steps: ReadonlyMap<string, LastChange>;
  /** Oldest first. */
  readonly outages: readonly Outage[];
}

/** Bytes of a journal that are read from its end: some ten thousand events, in a moment and in bounded memory. */
const windowBytes = 8 * 1024 * 1024;

/** What the end of a journal tells; nothing where there is none. */
export async function summarizeJournal(path: string, options: ReadOptions = {}): Promise<JournalSummary> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  const memory = startSummary();
  for await (const { events } of readJournal(path, {
    ...{ today: [], ...options },
    from: Math.max(0, size - windowBytes),
  }))
    for (const event of events) remember(memory, event);
  return memory;
}

interface SummaryState {
  readonly runs: Map<string, RunReference>;
  readonly nodes: Map<string, LastRun>;
  readonly steps: Map<string, LastChange>;
  readonly outages: Outage[];
  /** Changes of steps that have begun, and outages of a component on a node that have, until their end is told. */
  readonly changing: Map<string, Record<string, Plain>>;
  readonly away: Map<string, { readonly effect: OutageEffect; readonly since: number }>;
}

function startSummary(): SummaryState {
  const maps = { runs: new Map(), nodes: new Map(), steps: new Map(), changing: new Map(), away: new Map() };
  return { ...maps, outages: [] };
}

function remember(memory: SummaryState, event: Event): void {
  const { run, time } = event;
  if (event.kind === 'run-started') {
    const { verb, who = null } = event;
    memory.runs.set(run, { run, verb, time, who });
    // What an earlier run left open it never ended.
    memory.changing.clear();
    memory.away.clear();
  } else if (event.kind === 'step-started') begin(memory, event);
  else if (event.kind === 'step-finished') end(memory, event);
  else if (event.kind === 'run-finished' && resultOf(event) !== 'interrupted')
    for (const [node, past] of memory.nodes)
      if (past.run === run && past.result === 'interrupted')
        memory.nodes.set(node, { ...past, result: 'done' });
}

function begin(memory: SummaryState, event: Event & { kind: 'step-started' }): void {
  const { step, node, time, changes, desired } = event;
  const changed = Object.fromEntries(changes.map(({ property, to }) => [property, to]));
  memory.changing.set(step, { ...desired, ...changed });
  const { component = '', kind } = stepParts(step) ?? {};
  const effect = effectOf(kind, event);
  const place = `${node}/${component}`;
  if (effect && !memory.away.has(place)) memory.away.set(place, { effect, since: Date.parse(time) });
}

function end(
  memory: SummaryState,
  { run, step, node, time, result }: Event & { kind: 'step-finished' },
): void {
  const past = memory.runs.get(run);
  if (!past || result === 'skipped') return;
  const before = memory.nodes.get(node);
  const failed = result === 'failed' || (before?.run === run && before.result === 'failed');
  memory.nodes.set(node, { ...past, result: failed ? 'failed' : 'interrupted' });
  const values = memory.changing.get(step);
  if (result === 'changed' && past.verb === 'remove') forgetRemoved(memory, step);
  else if (result === 'changed' && values)
    memory.steps.set(step, { ...past, time, values: { ...memory.steps.get(step)?.values, ...values } });
  const { component = '', kind } = stepParts(step) ?? {};
  const place = `${node}/${component}`;
  const outage = memory.away.get(place);
  if (kind !== 'http-health' || !outage) return;
  memory.away.delete(place);
  const seconds = Math.round((Date.parse(time) - outage.since) / 100) / 10;
  if (result !== 'failed' && seconds >= 0)
    memory.outages.push({ node, component, effect: outage.effect, seconds });
}

/** What a removal of ours took away nobody changed by hand. With a package or a folder goes all that its component had on the node. */
function forgetRemoved({ steps }: SummaryState, removed: string): void {
  const { node, component, kind = '' } = stepParts(removed) ?? {};
  steps.delete(removed);
  if (!['package', 'directory'].includes(kind)) return;
  for (const id of steps.keys()) {
    const parts = stepParts(id);
    if (parts?.node === node && parts?.component === component) steps.delete(id);
  }
}

function effectOf(
  kind: string | undefined,
  { action, changes }: Event & { kind: 'step-started' },
): OutageEffect | undefined {
  if (kind === 'package') return action === 'create' ? 'install' : 'replace';
  const restarts = changes.some(({ property }) => property === 'startedWith');
  return kind === 'service' && restarts ? 'restart' : undefined;
}
