import type { Interruption, Step } from '../plan/model/plan.ts';
import { secondsText } from './units.ts';

const effects: Readonly<Record<Interruption['effect'], readonly [string, string]>> = {
  install: ['is new', 'up after'],
  replace: ['is replaced', 'away for'],
  restart: ['restarts', 'away for'],
  start: ['starts', 'still away for'],
  remove: ['is removed', ''],
};

/** `oriel-clock restarts, away for about 12 s (an estimate, from 3 earlier times)`. */
export function interruptionText({ service, effect, seconds, runs }: Interruption): string {
  const [what, how] = effects[effect];
  if (effect === 'remove') return `${service} ${what}`;
  if (seconds === null) return `${service} ${what}; no earlier run says how long that takes`;
  return `${service} ${what}, ${how} about ${secondsText(seconds)} (an estimate, from ${runs} earlier ${runs === 1 ? 'time' : 'times'})`;
}

/** ` [changed on the node since apply of 2026-01-02T03:04Z by alice@desk, by EXAMPLE\\bob at 2026-01-03T04:05Z]`, or nothing. */
export function sinceText({ since }: Pick<Step, 'since'>): string {
  if (!since) return '';
  const { verb, time, who, modified, trace } = since;
  const written = modified === undefined ? '' : `, last written ${minute(modified)}`;
  const traced = trace ? `, by ${trace.who ?? 'nobody named'} at ${minute(trace.time)}` : '';
  return ` [changed on the node since ${verb} of ${minute(time)}${who ? ` by ${who}` : ''}${written}${traced}]`;
}

/** An ISO 8601 time in UTC without its seconds. */
function minute(time: string): string {
  return time.replace(/:\d\d(\.\d+)?Z$/, 'Z');
}
