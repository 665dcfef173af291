import type { Fact } from '../events/events.ts';

export type CheckResult = Extract<Fact, { kind: 'check-finished' }>;

/** What a check has found; `facts` where it has measured something. */
export type Found = Pick<CheckResult, 'ok' | 'message'> & Partial<Pick<CheckResult, 'facts'>>;

/** A check of a node with the seconds that it took. Throws what `look` throws. */
export async function timedCheck(
  check: string,
  node: string,
  look: () => Promise<Found>,
): Promise<CheckResult> {
  const begun = performance.now();
  const { ok, message, facts = {} } = await look();
  const seconds = Math.round(performance.now() - begun) / 1000;
  return { kind: 'check-finished', check, node, ok, seconds, message, facts };
}
