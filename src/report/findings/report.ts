/** Something wrong in a file that somebody wrote or made. */
export interface ReportedFinding {
  /** Stable, for programs. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** From 1; absent where it is about a file as a whole. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  /** What to do. */
  readonly remedy?: string;
}

/** Files that were looked at, and all that was found in them. */
export interface FindingReport {
  readonly verb: string;
  /** Of this program. */
  readonly version: string;
  readonly files: readonly string[];
  readonly findings: readonly ReportedFinding[];
}
