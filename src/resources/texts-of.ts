import type { State } from '../plan/plan.ts';

/** A list among what was observed, as texts; empty where it is none. */
export function textsOf(value: State[string] | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
