import type { Converged } from '../converge/converge.ts';
import type { HookPlace } from '../converge/place.ts';
import type { PreparedSite } from '../converge/prepare-site.ts';
import type { Surroundings } from '../relations/handler.ts';

/** A tree of results; names of others are values in it, never keys (Juju takes a-z, 0-9 and hyphens). */
export type Results = { readonly [key: string]: string | number | boolean | Results | readonly Results[] };

/** What an action works with. */
export interface ActionContext {
  readonly surroundings: Surroundings;
  readonly place: HookPlace;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The site with the chosen nodes alone. Throws what keeps it from being composed. */
  readonly site: () => Promise<PreparedSite>;
  /** One line of progress. */
  readonly log: (text: string) => void;
}

export interface ActionEnd {
  readonly results: Results;
  /** Why it failed, with what to do. */
  readonly failed?: string;
  /** How the unit is afterwards; absent: as before. */
  readonly converged?: Converged;
}

export type Action = (context: ActionContext) => Promise<ActionEnd>;

/** An action that cannot be done now: the message says why and what to do. */
export class ActionRefusal extends Error {
  override readonly name = 'ActionRefusal';
}

/** `nodes.1.name`: lists count from 1. */
export function flattened(results: Results, prefix = ''): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(results).flatMap(([key, value]): readonly (readonly [string, string])[] => {
      const name = prefix === '' ? key : `${prefix}.${key}`;
      if (Array.isArray(value))
        return value.flatMap((one: Results, index) => Object.entries(flattened(one, `${name}.${index + 1}`)));
      if (typeof value === 'object') return Object.entries(flattened(value as Results, name));
      return [[name, String(value)]];
    }),
  );
}
