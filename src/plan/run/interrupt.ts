import { setMaxListeners } from 'node:events';
import { endingSignals, exitCodeOf, InterruptedError, interruptedCode } from '../../errors.ts';
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

/** Milliseconds after the second Ctrl-C for what is under way to end by itself; nobody should wait three seconds. */
const lastMs = 2_500;

/**
 * Listens for Ctrl-C and for what counts the same (SIGTERM, Ctrl-Break), until released. What still hangs a moment after the second one
 * is left: `exit` ends the program. The signals of `outer` do the same, but for that.
 */
export function onInterrupt(
  emit: Emit,
  exit = () => process.exit(interruptedCode),
  outer?: Pick<Interrupt, 'stop' | 'abort'>,
): Interrupt {
  let last: NodeJS.Timeout | undefined;
  const stop = new AbortController();
  const abort = new AbortController();
  // Everything that is under way listens, on every node at once: many of them are no leak.
  setMaxListeners(0, stop.signal, abort.signal);
  const listen = (): void => {
    const first = !stop.signal.aborted;
    const message = first
      ? 'stopping: the steps under way end, no other begins; Ctrl-C again stops now'
      : 'stopping now: what is under way on the nodes is left as it is';
    if (!first) last ??= setTimeout(exit, lastMs);
    try {
      emit({ kind: 'note', level: 'warning', message });
    } finally {
      (first ? stop : abort).abort();
    }
  };
  for (const signal of endingSignals) process.on(signal, listen);
  const forget = outer ? follow(outer, { stop, abort }, emit) : () => {};
  const release = (): void => {
    clearTimeout(last);
    forget();
    for (const signal of endingSignals) process.off(signal, listen);
  };
  return { stop: stop.signal, abort: abort.signal, release };
}

/** Whoever has set the time of a run ends the program as well. */
function follow(
  outer: Pick<Interrupt, 'stop' | 'abort'>,
  own: Readonly<Record<'stop' | 'abort', AbortController>>,
  emit: Emit,
): () => void {
  const endings = (['stop', 'abort'] as const).map((which) => {
    const end = (): void => {
      try {
        emit({ kind: 'note', level: 'warning', message: outOfTime[which] });
      } finally {
        own[which].abort();
      }
    };
    if (outer[which].aborted) end();
    else outer[which].addEventListener('abort', end, { once: true });
    return () => outer[which].removeEventListener('abort', end);
  });
  return () => {
    for (const forget of endings) forget();
  };
}

const outOfTime = {
  stop: 'the time of this run is over: the steps under way end, no other begins',
  abort: 'the time of this run is over: what is under way on the nodes is left as it is',
} as const;
