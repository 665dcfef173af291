/** A list among what was observed, as texts; empty where it is none. */
import type { State } from './state.ts';
export function textsOf(value: State[string] | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
