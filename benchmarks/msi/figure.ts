/** What one run cost and gave. */
export interface Figure {
  readonly seconds: number;
  /** Seconds of processor time, of the program and all that it started. */
  readonly cpu: number;
  readonly bytes: number;
  /** Peak memory. */
  readonly megabytes?: number;
  readonly sha256?: string;
}

/**
 * Runs several programs in turn, `times` rounds, so that what else the machine does meets all of them; gives the run of each that
 * took the least wall time: the one that was disturbed least.
 */
export function inTurn<const Runs extends readonly (() => Figure)[]>(times: number, ...runs: Runs) {
  const rounds = Array.from({ length: times }, () => runs.map((run) => run()));
  return runs.map((_, i) =>
    rounds.map((round) => round[i] as Figure).reduce((a, b) => (b.seconds < a.seconds ? b : a)),
  ) as { readonly [K in keyof Runs]: Figure };
}
