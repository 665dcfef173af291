/** What ends the wait for something; absent: no such end. */
export interface Bounds {
  readonly limit?: { readonly ms: number; readonly late: () => Error };
  readonly signals?: readonly (AbortSignal | undefined)[];
}

/** Waits for a promise within bounds. Throws what `late` makes past the limit, and the reason of a signal that is aborted. */
export async function bounded<T>(promise: Promise<T>, { limit, signals = [] }: Bounds): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const endings: (() => void)[] = [];
  const ended = new Promise<never>((_, reject) => {
    if (limit) timer = setTimeout(() => reject(limit.late()), limit.ms);
    for (const signal of signals) {
      if (signal?.aborted) reject(signal.reason);
      const abort = (): void => reject(signal?.reason);
      signal?.addEventListener('abort', abort);
      endings.push(() => signal?.removeEventListener('abort', abort));
    }
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    clearTimeout(timer);
    for (const end of endings) end();
  }
}
