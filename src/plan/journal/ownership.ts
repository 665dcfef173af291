import { isDeepStrictEqual } from 'node:util';
import type { Event } from '../../events/events.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import type { State } from '../../resources/model/state.ts';
import { stepParts } from '../../resources/model/step-id.ts';
import { readJournal } from './read-journal.ts';

/** What runs from here have made and not taken away again: which thing it is, by the id of its step. */
export type Owned = ReadonlyMap<string, State>;

/** One thing that a run from here has made. */
export interface MadeThing {
  /** The id of the step that made it. */
  readonly step: string;
  readonly identity: State;
}

/** What a journal says of what was made. */
export interface Ownership {
  readonly owned: Owned;
  /** All of it, also what a step made before its site named another thing. */
  readonly made: readonly MadeThing[];
}

interface PendingOwnership {
  readonly owned: Map<string, State>;
  readonly made: Map<string, MadeThing>;
  /** Steps that have begun, until their end is told. */
  readonly begun: Map<string, { readonly identity: State; readonly removes: boolean }>;
}

/**
 * What a journal says was made. What a run was killed in the middle of making counts, as it was not there before; what failed
 * does not, as somebody may have made it by hand then. `today`: by which ids of version 1 are
 * read (step-id.ts).
 */
export async function ownershipByJournal(
  journal: string,
  today: readonly Declaration[] = [],
): Promise<Ownership> {
  const memory: PendingOwnership = { owned: new Map(), made: new Map(), begun: new Map() };
  for await (const { events } of readJournal(journal, { only: '"step-', today: today.map(idOf) }))
    for (const event of events) remember(memory, event);
  for (const [step, { identity, removes }] of memory.begun) if (!removes) keep(memory, { step, identity });
  return { owned: memory.owned, made: [...memory.made.values()] };
}

/** The same, of the steps as they are now. */
export async function ownedByJournal(journal: string, today: readonly Declaration[] = []): Promise<Owned> {
  return (await ownershipByJournal(journal, today)).owned;
}

function remember(memory: PendingOwnership, event: Event): void {
  const { owned, made, begun } = memory;
  if (event.kind === 'step-started') {
    const { step, action, identity = {} } = event;
    if (action === 'create' || action === 'remove')
      begun.set(step, { identity, removes: action === 'remove' });
  }
  if (event.kind !== 'step-finished') return;
  const { step, result } = event;
  const under = begun.get(step);
  if (!under) return;
  const thing = { step, identity: under.identity };
  // Killed while it was made, it is there now: the run that finds it so ends what the other one began.
  if (!under.removes && result !== 'failed' && result !== 'skipped') keep(memory, thing);
  if (under.removes && result === 'changed') {
    owned.delete(step);
    made.delete(keyOf(thing));
  }
  if (result !== 'skipped') begun.delete(step);
}

function keep({ owned, made }: PendingOwnership, thing: MadeThing): void {
  owned.set(thing.step, thing.identity);
  made.set(keyOf(thing), thing);
}

/** A thing is the same under any step of its kind. */
function keyOf({ step, identity }: MadeThing): string {
  const { node, kind } = stepParts(step) ?? {};
  return JSON.stringify([node, kind, Object.keys(identity).length > 0 ? identity : step]);
}

/** Whether what is declared is the very thing that a run from here has made. */
export function isOwned(declared: Declaration, owned: Owned): boolean {
  const { resource, spec } = declared;
  return isDeepStrictEqual(owned.get(idOf(declared)), resource.identity?.(spec) ?? {});
}
