import type { UnitStatus } from '../tools/hook-tools.ts';
import { type StatusId, statuses } from './statuses.ts';

/** One thing that a unit says of itself. */
export interface Condition {
  readonly status: UnitStatus;
  /** What is missing comes first: `relation shared-db is missing`. */
  readonly message: string;
}

/** The names in braces of a message. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type Values<Id extends StatusId> = {
  readonly [Name in Names<(typeof statuses)[Id]['message']>]: string | number;
};

/** The status of that name (statuses.ts), with its values filled in. */
export function condition<Id extends StatusId>(
  id: Id,
  ...[values]: [keyof Values<Id>] extends [never] ? [] : [Values<Id>]
): Condition {
  const { status, message } = statuses[id];
  const given: Readonly<Record<string, string | number>> = values ?? {};
  return { status, message: message.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name])) };
}

/** `juju status` cuts messages here (Juju 3.0 and later). */
const longest = 120;
const worstFirst: readonly UnitStatus[] = ['blocked', 'waiting', 'maintenance', 'active'];

/**
 * The one line that a unit shows: the worst of all conditions, the first of its kind; how many others are as bad or bad as well is counted. At
 * most 120 characters.
 */
export function statusOf(conditions: readonly Condition[]): Condition {
  const sorted = [...conditions].sort(
    (one, other) => worstFirst.indexOf(one.status) - worstFirst.indexOf(other.status),
  );
  const [worst] = sorted;
  if (!worst) return condition('ready');
  const others = sorted.slice(1).filter(({ status }) => status === 'blocked' || status === 'waiting').length;
  const more = others > 0 ? ` (and ${others} more)` : '';
  return { status: worst.status, message: `${cut(worst.message, longest - more.length)}${more}` };
}

function cut(message: string, length: number): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 3)}...`;
}

/** Whether nothing is in the way of bringing the nodes to what is wanted. */
export function mayGoOn(conditions: readonly Condition[]): boolean {
  return !conditions.some(({ status }) => status === 'blocked' || status === 'waiting');
}
