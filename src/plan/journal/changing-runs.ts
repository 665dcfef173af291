import type { Event } from '../../events/events.ts';
import type { Plain } from '../../resources/model/state.ts';
import { stepParts } from '../../resources/model/step-id.ts';
import { readJournal } from './read-journal.ts';

/** What a journal says of one run that changed nodes, as far as a rollback may want to know. */
export interface ChangingRun {
  readonly run: string;
  readonly verb: string;
  /** When it began; ISO 8601, UTC. */
  readonly time: string;
  /**
   * Nodes on which it began to change something. What the newest generation of each was before and is since; undefined where
   * it did not come that far.
   */
  readonly nodes: ReadonlyMap<string, { readonly before: Plain; readonly after: Plain } | undefined>;
}

/** The runs of a journal that changed nodes, oldest first, and what each of them kept of one component. */
export async function changingRuns(path: string, component: string): Promise<readonly ChangingRun[]> {
  const runs = new Map<
    string,
    { verb: string; time: string; nodes: Map<string, { before: Plain; after: Plain } | undefined> }
  >();
  for await (const { events } of readJournal(path, { today: [] }))
    for (const event of events) {
      if (event.kind === 'run-started')
        runs.set(event.run, { verb: event.verb, time: event.time, nodes: new Map() });
      if (event.kind === 'step-started') add(runs.get(event.run)?.nodes, event, component);
    }
  return [...runs].flatMap(([run, { verb, time, nodes }]) =>
    nodes.size > 0 ? [{ run, verb, time, nodes }] : [],
  );
}

function add(
  nodes: Map<string, { before: Plain; after: Plain } | undefined> | undefined,
  { node, step, changes }: Event & { kind: 'step-started' },
  component: string,
): void {
  const { component: owner, kind } = stepParts(step) ?? {};
  const kept =
    owner === component && kind === 'generation' && changes.find(({ property }) => property === 'latest');
  if (!nodes) return;
  if (!kept) return void (nodes.has(node) || nodes.set(node, undefined));
  // A run that went back by itself has kept something twice: what was before its first change counts.
  nodes.set(node, { before: nodes.get(node)?.before ?? kept.from, after: kept.to });
}
