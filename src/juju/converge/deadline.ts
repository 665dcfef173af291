import { setMaxListeners } from 'node:events';
import type { Interrupt } from '../../plan/run/interrupt.ts';
import { type Condition, condition } from '../status/condition.ts';

/** Milliseconds after which a hook begins no other step, gives up what is under way, and ends whatever hangs. */
export const hookLimits = { stop: 30 * 60_000, abort: 40 * 60_000, end: 41 * 60_000 } as const;

/** Calls `act` after so many milliseconds; gives what calls it off. */
export type Timer = (ms: number, act: () => void) => () => void;

/** The end that a hook comes to by itself: Juju has none for it, and a hook that hangs keeps all others of its machine waiting. */
export interface Deadline {
  readonly interrupt: Pick<Interrupt, 'stop' | 'abort'>;
  /** Comes about when nothing else has ended the hook. */
  readonly over: Promise<'over'>;
  readonly release: () => void;
}

/** What a unit says of work that was ended in its middle. */
export const unfinished: Condition = condition('unfinished', { minutes: hookLimits.stop / 60_000 });

const wait: Timer = (ms, act) => {
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
};

/** Begins to count. */
export function startDeadline(timer: Timer = wait): Deadline {
  const [stop, abort] = [new AbortController(), new AbortController()];
  setMaxListeners(0, stop.signal, abort.signal);
  const timers = [timer(hookLimits.stop, () => stop.abort()), timer(hookLimits.abort, () => abort.abort())];
  const over = new Promise<'over'>((resolve) => {
    timers.push(timer(hookLimits.end, () => resolve('over')));
  });
  return {
    interrupt: { stop: stop.signal, abort: abort.signal },
    over,
    release: () => {
      for (const cancel of timers) cancel();
    },
  };
}
