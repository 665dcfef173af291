import { go } from './controls.ts';
import type { ControlEvent } from './dialog.ts';

/** A page on the way from the welcome to the list of changes, and the condition under which it is shown. */
export interface Stop {
  readonly dialog: string;
  readonly condition?: string | undefined;
}

/**
 * Events that lead from a page to the next one, or the one before, that is shown. Of conditions on one control the first that holds
 * decides; they exclude each other, so that no order is needed.
 */
export function wayFrom(
  stops: readonly Stop[],
  dialog: string,
  direction: 'forward' | 'backward',
  unless?: string,
): ControlEvent[] {
  const way = direction === 'forward' ? stops : [...stops].reverse();
  const at = way.findIndex((stop) => stop.dialog === dialog);
  const events: ControlEvent[] = [];
  const skipped: string[] = unless === undefined ? [] : [`NOT (${unless})`];
  for (const { dialog: next, condition } of way.slice(at + 1)) {
    const all = [...skipped, ...(condition === undefined ? [] : [`(${condition})`])];
    events.push(go(next, all.length > 0 ? all.join(' AND ') : undefined));
    if (condition === undefined) break;
    skipped.push(`NOT (${condition})`);
  }
  return events;
}
