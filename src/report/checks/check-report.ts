import type { Fact } from '../../events/events.ts';

export type CheckResult = Extract<Fact, { kind: 'check-finished' }>;

/** Checks that have ended, and what of. */
export interface CheckReport {
  readonly verb: string;
  readonly deployment: string;
  readonly release: string;
  readonly results: readonly CheckResult[];
}
