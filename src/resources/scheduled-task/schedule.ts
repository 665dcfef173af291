/** When a task starts: every day at an hour of the node (`03:00`), or again and again; seconds, whole minutes of less than a day. */
export type Schedule = { readonly daily: string } | { readonly every: number };

/** As the Task Scheduler has it: a trigger of every day, in the first case repeated all day long. */
export interface DailyTrigger {
  /** Local time of the node, ISO 8601 without a zone. */
  readonly start: string;
  /** ISO 8601 duration. */
  readonly interval?: string;
}

/** A day in the past: what it begins with is due from now on. */
const firstDay = '2020-01-01T';

export function triggerOf(schedule: Schedule): DailyTrigger {
  if ('daily' in schedule) return { start: `${firstDay}${schedule.daily}:00` };
  return { start: `${firstDay}00:00:00`, interval: durationOf(schedule.every) };
}

/** The same words for the same trigger, however Windows writes it. */
export function wordsOf({ start, interval }: DailyTrigger): string {
  const hour = start.slice(11, 16);
  if (interval === undefined) return `daily at ${hour}`;
  const every = `every ${secondsIn(interval) ?? interval} s`;
  return hour === '00:00' ? every : `${every} from ${hour}`;
}

/** Seconds, whole minutes, as an ISO 8601 duration: `PT90M`. */
export function durationOf(seconds: number): string {
  return `PT${seconds / 60}M`;
}

/** Seconds of an ISO 8601 duration of days and less, as Windows writes them; undefined for any other. */
export function secondsIn(duration: string): number | undefined {
  const found = /^P(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/.exec(duration);
  if (!found || duration.length < 3) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
