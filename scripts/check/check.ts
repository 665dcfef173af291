/** One thing that is wrong, at a place that an editor can open. */
export interface Finding {
  /** Path from the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line?: number;
  readonly message: string;
}

export interface Check {
  readonly name: string;
  /** Looks at the repository below `root`; none found: an empty list. */
  readonly run: (root: string) => Promise<readonly Finding[]>;
}
