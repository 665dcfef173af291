import type { Resource } from '../../resources/model/resource.ts';
import type { Change, Plain } from '../../resources/model/state.ts';
import { withinNode } from '../../resources/model/step-id.ts';

/** Why a step does something, or does nothing, in a few words. */
export function describeChanges(
  changes: readonly Change[],
  { does, reasons = {} }: Pick<Resource<never>, 'does' | 'reasons'> = {},
): string {
  if (changes.length === 0) return 'in sync';
  const exists = changes.find(({ property }) => property === 'exists');
  if (exists) return exists.to === true ? 'missing' : 'still present';
  const texts = changes.map(
    ({ property, from, to }) => reasons[property] ?? `${property} ${show(from)}, not ${show(to)}`,
  );
  return does === 'check' ? `waits: ${texts.join('; ')}` : texts.join('; ');
}

/** `restarts after clock/file/clock.conf`; ids of the same node without its name. */
export function reasonToRestart(node: string, causes: readonly string[]): string {
  return `restarts after ${listed(node, causes)}`;
}

/** The first ids and how many more there are. */
export function listed(node: string, ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map((id) => withinNode(node, id));
  const more = ids.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}

/** A value in a line of text: digests cut, long ones ended. */
function show(value: Plain): string {
  if (value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^[0-9a-f]{40,}$/.test(text)) return text.slice(0, 8);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
