import type { Verdict } from '../../../../events/status.ts';
import type { State } from '../../../../resources/model/state.ts';
import type { CheckOutcome } from '../../../check.ts';

/** One thing that is not as it should be. */
export interface Complaint {
  readonly verdict: 'warn' | 'fail';
  readonly message: string;
  readonly remedy?: string;
}

const order: readonly Verdict[] = ['pass', 'skip', 'warn', 'fail'];

/** The worst of several complaints with the words of all; without any, it passes with `good`. The remedy is that of the worst. */
export function judged(
  complaints: readonly (Complaint | undefined)[],
  good: string,
  evidence: State = {},
): CheckOutcome {
  const found = complaints.filter((one) => one !== undefined);
  const worstFirst = [...found].sort((a, b) => order.indexOf(b.verdict) - order.indexOf(a.verdict));
  const [worst] = worstFirst;
  if (!worst) return { verdict: 'pass', message: good, evidence };
  const remedies = [...new Set(worstFirst.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy])))];
  return {
    verdict: worst.verdict,
    message: worstFirst.map(({ message }) => message).join('; '),
    evidence,
    ...(remedies.length > 0 && { remedy: remedies.join('; ') }),
  };
}

/** A failure where `bad` holds. */
export function failIf(bad: boolean, message: string, remedy?: string): Complaint | undefined {
  return bad ? { verdict: 'fail', message, ...(remedy !== undefined && { remedy }) } : undefined;
}

/** A warning where `bad` holds. */
export function warnIf(bad: boolean, message: string, remedy?: string): Complaint | undefined {
  return bad ? { verdict: 'warn', message, ...(remedy !== undefined && { remedy }) } : undefined;
}
