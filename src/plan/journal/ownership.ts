import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../events/events.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import type { State } from '../../resources/model/state.ts';
import { readJournal } from './read-journal.ts';

/** What runs from here have made and not taken away again: which thing it is, by the id of its step. */
export type Owned = ReadonlyMap<string, State>;

interface PendingOwnership {
  readonly owned: Map<string, State>;
  /** Steps that have begun, until their end is told: the identity of what is made; null of what is taken away. */
  readonly begun: Map<string, State | null>;
}

/**
 * What a journal says was made. What a run was killed in the middle of making counts, as it was not there before; what failed
 * does not, as somebody may have made it by hand then. `today`: by which ids of version 1 are
 * read (step-id.ts).
 */
export async function ownedByJournal(journal: string, today: readonly Declaration[] = []): Promise<Owned> {
  const memory: PendingOwnership = { owned: new Map(), begun: new Map() };
  for await (const { events } of readJournal(journal, { only: '"step-', today: today.map(idOf) }))
    for (const event of events) remember(memory, event);
  for (const [step, identity] of memory.begun) if (identity) memory.owned.set(step, identity);
  return memory.owned;
}

function remember({ owned, begun }: PendingOwnership, event: Event): void {
  if (event.kind === 'step-started') {
    const { step, action, identity = {} } = event;
    if (action === 'create') begun.set(step, identity);
    if (action === 'remove') begun.set(step, null);
  }
  if (event.kind !== 'step-finished') return;
  const { step, result } = event;
  const identity = begun.get(step);
  if (identity === undefined) return;
  // Killed while it was made, it is there now: the run that finds it so ends what the other one began.
  if (identity && result !== 'failed' && result !== 'skipped') owned.set(step, identity);
  if (!identity && result === 'changed') owned.delete(step);
  if (result !== 'skipped') begun.delete(step);
}

/** Whether what is declared is the very thing that a run from here has made. */
export function isOwned(declared: Declaration, owned: Owned): boolean {
  const { resource, spec } = declared;
  return isDeepStrictEqual(owned.get(idOf(declared)), resource.identity?.(spec) ?? {});
}
