import { setMaxListeners } from 'node:events';
import { exitCodeOf, InterruptedError } from '../../errors.ts';
import type { Emit } from '../../events/events.ts';

export interface Interrupt {
  /** Aborted by the first Ctrl-C: end what is under way. */
  readonly stop: AbortSignal;
  /** Aborted by the second: give up now. */
  readonly abort: AbortSignal;
  readonly release: () => void;
}

/** What was thrown, and InterruptedError in place of a failure after Ctrl-C; bad input and internal errors stay what they are. */
export function interrupted(error: unknown, { stop }: Pick<Interrupt, 'stop'>): unknown {
  if (!stop.aborted || !(error instanceof Error)) return error;
  if (error.name === 'AbortError') return new InterruptedError();
  return exitCodeOf(error) === 1 ? new InterruptedError(error) : error;
}

/** Listens for Ctrl-C and for SIGTERM, which counts the same, until released. */
export function onInterrupt(emit: Emit): Interrupt {
  const stop = new AbortController();
  const abort = new AbortController();
  // Everything that is under way listens, on every node at once: many of them are no leak.
  setMaxListeners(0, stop.signal, abort.signal);
  const listen = (): void => {
    const first = !stop.signal.aborted;
    const message = first
      ? 'stopping: the steps under way end, no other begins; Ctrl-C again stops now'
      : 'stopping now: what is under way on the nodes is left as it is';
    emit({ kind: 'note', level: 'warning', message });
    (first ? stop : abort).abort();
  };
  process.on('SIGINT', listen).on('SIGTERM', listen);
  const release = (): void => {
    process.off('SIGINT', listen).off('SIGTERM', listen);
  };
  return { stop: stop.signal, abort: abort.signal, release };
}
