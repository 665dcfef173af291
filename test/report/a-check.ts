import type { Fact } from '../../src/events/events.ts';

export type Check = Extract<Fact, { kind: 'check-finished' }>;

/** A check that ended; what it saw has text that XML has to spell otherwise. */
export function check(node: string, name: string, verdict: Check['verdict'], message: string): Check {
  return {
    kind: 'check-finished',
    check: name,
    node,
    verdict,
    seconds: 0.25,
    message,
    evidence: { bytes: 7, md5: 'abc', note: '<&">\u0001' },
  };
}
