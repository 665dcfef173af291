import type { CallOptions } from '../session.ts';

/** Milliseconds for what cleans up on a node after its run was given up: the program is gone a moment later. */
const cleanUpMs = 1_500;

/** What ends the calls of a session before their time. */
export interface RunSignal {
  /** The signal of one call: that of the run, together with the caller's own. */
  readonly signalOf: (options: Pick<CallOptions, 'signal' | 'cleansUp'>) => AbortSignal | undefined;
  /** Stops listening to the run. */
  readonly release: () => void;
}

/** Ends calls with the run; calls that clean up a moment later. */
export function runSignal(abort: AbortSignal | undefined): RunSignal {
  const grace = new AbortController();
  const begin = (): void => {
    setTimeout(() => grace.abort(abort?.reason), cleanUpMs).unref();
  };
  if (abort?.aborted) begin();
  abort?.addEventListener('abort', begin);
  return {
    signalOf: ({ signal, cleansUp }) => joined(cleansUp ? abort && grace.signal : abort, signal),
    release: () => abort?.removeEventListener('abort', begin),
  };
}

/** One signal for two; none is made where one will do, as there is one for each call. */
function joined(run: AbortSignal | undefined, own: AbortSignal | undefined): AbortSignal | undefined {
  if (!run || !own || run === own) return run ?? own;
  return AbortSignal.any([run, own]);
}
