import { byNode } from '../../by-node.ts';
import type { Event } from '../../events/events.ts';
import { type RunResult, resultOf, stepResults, type Verdict } from '../../events/status.ts';
import { withinNode } from '../../resources/model/step-id.ts';
import { secondsText } from '../units.ts';
import { describeFact } from '../words.ts';
import { type Fold, foldedPage, row } from './folds.ts';
import { safe, time } from './page.ts';

type Of<Kind extends Event['kind']> = Extract<Event, { kind: Kind }>;
type AboutNode = Of<'step-finished' | 'check-finished' | 'node-failed'>;

/** Colours of a plan, for results: what was done, what went wrong, what was left. */
const tones: Readonly<Record<Of<'step-finished'>['result'], string>> = {
  changed: 'create',
  unchanged: 'none',
  failed: 'error',
  skipped: 'update',
};

const verdictTones: Readonly<Record<Verdict, string>> = {
  pass: 'create',
  warn: 'update',
  fail: 'error',
  skip: 'none',
};

/** What happened in one run as one HTML page: a line for each node, what was done there folded below it. */
export function runHtml(events: readonly Event[]): string {
  const started = find(events, 'run-started');
  const finished = find(events, 'run-finished');
  const about = events.filter(
    (event): event is AboutNode =>
      event.kind === 'step-finished' || event.kind === 'check-finished' || event.kind === 'node-failed',
  );
  const notes = events.flatMap((event) =>
    event.kind === 'note' ? [safe(`${event.level}: ${event.message}`)] : [],
  );
  const title = started ? `${started.verb} ${started.deployment}, OpenStack ${started.release}` : 'A run';
  const lead = [
    ...(started
      ? [`Run ${safe(started.run)}, begun ${time(started.time)} by ${safe(started.who ?? 'somebody')}.`]
      : []),
    ...events.flatMap((event) => (event.kind === 'consent' ? [safe(describeFact(event).text)] : [])),
    finished ? safe(endOf(finished)) : 'It has no end: it is still at work, or was cut off.',
    ...notes,
  ];
  return foldedPage(title, lead, [
    ...[...byNode(about)].map(([node, own]) => foldOf(node, own)),
    ...untouchedIn(events).map(
      (node): Fold => ({ tone: 'plain', head: [node], counts: [['none', 'not touched']], rows: [] }),
    ),
  ]);
}

/** Nodes that a rollout did not come to. */
function untouchedIn(events: readonly Event[]): readonly string[] {
  return events.flatMap((event) => (event.kind === 'note' ? (event.untouched ?? []) : []));
}

function find<Kind extends Event['kind']>(events: readonly Event[], kind: Kind): Of<Kind> | undefined {
  return events.find((event): event is Of<Kind> => event.kind === kind);
}

const endings: Readonly<Record<RunResult, string>> = {
  done: 'Done',
  failed: 'Failed',
  declined: 'Declined',
  interrupted: 'Interrupted',
};

function endOf(finished: Of<'run-finished'>): string {
  const { seconds, changed, unchanged, failed, skipped } = finished;
  const counts = `${changed} changed, ${unchanged} in sync, ${failed} failed, ${skipped} skipped`;
  return `${endings[resultOf(finished)]} in ${secondsText(seconds)}: ${counts}.`;
}

function foldOf(node: string, events: readonly AboutNode[]): Fold {
  const bad = events.filter(
    (event) =>
      event.kind === 'node-failed' ||
      (event.kind === 'check-finished' ? event.verdict === 'fail' : event.result === 'failed'),
  );
  const results = events.flatMap((event) => (event.kind === 'step-finished' ? [event.result] : []));
  const counts = stepResults.flatMap((result) => {
    const count = results.filter((each) => each === result).length;
    return count > 0
      ? [[tones[result], `${count} ${result === 'unchanged' ? 'in sync' : result}`] as const]
      : [];
  });
  const [first] = bad;
  const unchanged = results.every((result) => result === 'unchanged');
  return {
    tone: first ? 'error' : unchanged ? 'none' : 'plain',
    head: [node, first ? reasonOf(first) : ''],
    counts,
    open: first !== undefined,
    rows: events.map(rowOf),
  };
}

function reasonOf(event: AboutNode): string {
  if (event.kind === 'node-failed') return `not reached: ${event.message}`;
  if (event.kind === 'check-finished') return `${event.check}: ${event.message}`;
  return `${withinNode(event.node, event.step)}: ${event.reason}`;
}

function rowOf(event: AboutNode): string {
  if (event.kind === 'node-failed')
    return row('error', 'not reached', 'session', event.message, remarkOf(event.remedy));
  const time = secondsText(event.seconds);
  if (event.kind === 'check-finished')
    return row(
      verdictTones[event.verdict],
      event.verdict,
      event.check,
      `${event.message} (${time})`,
      remarkOf(event.remedy),
    );
  const word = event.result === 'unchanged' ? 'in sync' : (event.action ?? event.result);
  const text = `${event.reason} (${time})`;
  return row(tones[event.result], word, withinNode(event.node, event.step), text, remarkOf(event.remedy));
}

function remarkOf(remedy: string | undefined): { remark?: string } {
  return remedy === undefined ? {} : { remark: remedy };
}
