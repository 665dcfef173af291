/** One boot of a node, as Get-RebootState tells it. */
export interface Boot {
  /** When Windows booted, by the clock of the node: counted back from now, so that it moves with the clock and jitters by a second. */
  readonly booted: string;
  /** When its first process started, as that was seen then: the same as long as the node runs. Absent: not known. */
  readonly boot?: string;
}

/** Milliseconds. */
const jitterMs = 10_000;

/**
 * Whether two boots are not the same: their times differ by more than they jitter, and so do their first processes. A clock that is
 * set moves one of both alone; a clock that is set back while the node restarts leaves the later boot the earlier time.
 */
export function isOtherBoot(before: Boot, now: Boot): boolean {
  const known = before.boot !== undefined && now.boot !== undefined;
  return moved(before, now) && (!known || before.boot !== now.boot);
}

/** Whether the clock of a node was set, that did not restart. */
export function clockWasSet(before: Boot, now: Boot): boolean {
  return moved(before, now) && !isOtherBoot(before, now);
}

function moved(before: Boot, now: Boot): boolean {
  return Math.abs(Date.parse(now.booted) - Date.parse(before.booted)) > jitterMs;
}

/** As the mark on a node has it. */
export function bootText({ booted, boot }: Boot): string {
  return boot === undefined ? booted : `${booted} ${boot}`;
}

/** What such a mark says. */
export function bootOf(text: string): Boot {
  const [booted = '', boot] = text.trim().split(' ');
  return { booted, ...(boot !== undefined && { boot }) };
}
