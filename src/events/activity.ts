import type { Emit } from './events.ts';

/** What a step is doing now, in words, with bytes where it moves some. */
export interface Activity {
  readonly progress: (message: string) => void;
  readonly transferred: (done: number, total: number) => void;
  /** What it is in the middle of. */
  readonly current: () => string;
  readonly end: () => void;
}

/** Milliseconds between two signs of life: nobody should wait two seconds before an unmoving terminal. */
const heartbeatMs = 750;
/** Milliseconds between two reports of bytes. */
const pollIntervalMs = 250;

/** Emits `step-progress` when the activity begins or changes, when bytes have moved, and every 0.75 s with the seconds so far. */
export function startActivity(emit: Emit, step: string, node: string, opening = 'reading state'): Activity {
  let message = opening;
  let bytes: { done: number; total: number; rate?: number } | undefined;
  /** Where the bytes of this activity began to move, and when. */
  let first: { done: number; at: number } | undefined;
  let since = performance.now();
  let reportedAt = since;
  const report = (text: string): void => {
    reportedAt = performance.now();
    emit({ kind: 'step-progress', step, node, message: text, ...bytes });
  };
  const timer = setInterval(
    () => report(`${message} ... ${Math.round((performance.now() - since) / 1000)} s`),
    heartbeatMs,
  );
  timer.unref();
  // Many short activities, one after another, would otherwise never reach a beat.
  report(message);
  return {
    progress(text) {
      if (text === message) return;
      message = text;
      bytes = undefined;
      first = undefined;
      since = performance.now();
      report(message);
    },
    transferred(done, total) {
      const now = performance.now();
      first ??= { done, at: now };
      // After a moment only: a few blocks that fit into buffers say nothing.
      const known = now - first.at > pollIntervalMs;
      bytes = {
        done,
        total,
        ...(known && { rate: Math.round(((done - first.done) / (now - first.at)) * 1000) }),
      };
      if (done === total || performance.now() - reportedAt >= pollIntervalMs) report(message);
    },
    current: () => message,
    end: () => clearInterval(timer),
  };
}
