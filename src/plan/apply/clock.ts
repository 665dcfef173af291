import { setTimeout as wait } from 'node:timers/promises';

/** Time as the engine uses it; tests bring one that does not take any. */
export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  /** Rejects with the signal's reason when it is aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal && { signal }),
};
