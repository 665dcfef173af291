/** How far a long piece of work is, in bytes. One of the facts that verbs report. */
export interface BuildProgress {
  readonly kind: 'build-progress';
  readonly stage: 'msi';
  readonly message: string;
  readonly done: number;
  readonly total: number;
}
export type OnProgress = (progress: BuildProgress) => void;

/** Milliseconds between two events: often enough to be seen, seldom enough not to flood a log. */
const intervalMs = 250;

/** A counter of bytes that tells `emit` how far `what` is: at once, at most four times a second, and at the end. */
export function byteProgress(
  emit: OnProgress | undefined,
  what: string,
  total: number,
): (bytes: number) => void {
  let done = 0;
  let last = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    done += bytes;
    const now = performance.now();
    if (now - last < intervalMs && done < total) return;
    last = now;
    emit?.({ kind: 'build-progress', stage: 'msi', message: what, done, total });
  };
}
