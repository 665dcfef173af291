import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../events/events.ts';
import { type Declared, idOf } from '../../resources/model/resource.ts';
import type { State } from '../../resources/model/state.ts';
import { readJournal } from './read-journal.ts';

/** What runs from here have made and not taken away again: which thing it is, by the id of its step. */
export type Made = ReadonlyMap<string, State>;

interface Memory {
  readonly made: Map<string, State>;
  /** Steps that have begun, until their end is told: the identity of what is made; null of what is taken away. */
  readonly begun: Map<string, State | null>;
}

/**
 * What a journal says was made. What a run was killed in the middle of making counts, as it was not there before; what failed
 * does not, as somebody may have made it by hand then.
 */
export async function madeHere(journal: string): Promise<Made> {
  const memory: Memory = { made: new Map(), begun: new Map() };
  for await (const { events } of readJournal(journal, { only: '"step-' }))
    for (const event of events) remember(memory, event);
  for (const [step, identity] of memory.begun) if (identity) memory.made.set(step, identity);
  return memory.made;
}

function remember({ made, begun }: Memory, event: Event): void {
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
  if (identity && result !== 'failed' && result !== 'skipped') made.set(step, identity);
  if (!identity && result === 'changed') made.delete(step);
  if (result !== 'skipped') begun.delete(step);
}

/** Whether what is declared is the very thing that a run from here has made. */
export function isMade(declared: Declared, made: Made): boolean {
  const { resource, wanted } = declared;
  return isDeepStrictEqual(made.get(idOf(declared)), resource.identity?.(wanted) ?? {});
}
