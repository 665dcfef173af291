import { setTimeout as sleep } from 'node:timers/promises';

export interface WatchedWork {
  /** Whether what is waited for has come. */
  readonly done: () => boolean | Promise<boolean>;
  /** Whether it cannot come any more. */
  readonly over?: () => boolean;
  /** Anything that changes while work goes on: time of processors, the length of a log. */
  readonly signs: () => string | number;
  /** Milliseconds without a sign of life after which it is given up. */
  readonly silenceMs: number;
  /** Milliseconds between two looks. */
  readonly pauseMs: number;
}

/** A program that turns in a circle shows signs of life for ever; milliseconds. */
const maxMs = 30 * 60_000;
/** To read them costs more than a look does: at least so many milliseconds are between two. */
const signIntervalMs = 1_000;

/**
 * Waits for what works as long as it shows signs of life: on a busy machine that is longer, and no number of seconds would be
 * right for both. Gives whether it has come.
 */
export async function whileItLives({ done, over, signs, silenceMs, pauseMs }: WatchedWork): Promise<boolean> {
  const begun = Date.now();
  const between = Math.min(signIntervalMs, silenceMs / 4);
  let [last, heard, read] = [signs(), begun, begun];
  while (!(await done())) {
    if (over?.()) return false;
    const now = Date.now();
    if (now - read > between) {
      const found = signs();
      if (found !== last) heard = now;
      [last, read] = [found, now];
    }
    if (now - heard > silenceMs || now - begun > maxMs) return false;
    await sleep(pauseMs);
  }
  return true;
}
