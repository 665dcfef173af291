import type { Fact } from '../../events/events.ts';
import { withinNode } from '../../resources/model/step-id.ts';
import type { CheckResult } from './check-report.ts';

/** Steps of a run, and nodes that it did not reach, as checks: what CI asks of `apply`. Other facts are none. */
export function stepResult(fact: Fact & { readonly time?: string }): CheckResult | undefined {
  const common = { kind: 'check-finished', evidence: {} } as const;
  if (fact.kind === 'node-failed') {
    const { node, message, remedy } = fact;
    const failed = { node, check: 'session', verdict: 'fail', seconds: 0, message } as const;
    return { ...common, ...failed, ...(remedy !== undefined && { remedy }) };
  }
  if (fact.kind !== 'step-finished') return undefined;
  const { step, node, result, action, seconds, reason, remedy, time } = fact;
  const verdict = ({ failed: 'fail', skipped: 'skip', changed: 'pass', unchanged: 'pass' } as const)[result];
  const started = time === undefined ? undefined : new Date(Date.parse(time) - seconds * 1000).toISOString();
  return {
    ...common,
    ...{ node, check: withinNode(node, step), verdict, seconds, message: reason },
    evidence: { result: action ?? result, reason },
    ...(started !== undefined && { started }),
    ...(remedy !== undefined && { remedy }),
  };
}
