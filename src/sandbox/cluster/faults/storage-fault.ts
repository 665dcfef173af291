import type { Change } from '../change/change.ts';

/** `STO-12`: a check of storage. */
export type StorageCheck = `STO-${number}`;

/** Something that is wrong with a storage, and what the checks of storage have to say of it. */
export interface StorageFault {
  /** In a few words, for people. */
  readonly effect: string;
  /** What the cluster is then; absent: the cluster is well. */
  readonly change?: Change;
  /** Checks that say so, and how; all others pass or are skipped. `evidence`: the check only tells it. */
  readonly verdicts: Readonly<Partial<Record<StorageCheck, 'fail' | 'warn' | 'evidence' | 'pass'>>>;
  /** Paths that nodes open in place of `\\SOFS1.example.org\images`, the first for the first node. */
  readonly paths?: readonly string[];
}
