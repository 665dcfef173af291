import { allErrors, checksOf } from '../../components/index.ts';
import { withTargets } from '../../deploy/targets.ts';
import type { CheckResult } from '../../verify/check.ts';
import { inOrder } from '../../verify/order.ts';
import { runChecks } from '../../verify/run-checks.ts';
import type { Action } from './action.ts';

/** Milliseconds for all checks: an action that hangs keeps every hook of its machine waiting. */
const limitMs = 30 * 60_000;
const defaultMiB = 8;

/** The checks of `oriel verify` on the nodes of the unit. */
export const verify: Action = async ({ site, parameters, place }) => {
  const { deployment } = await site();
  const bytes = Number(parameters['size-mib'] ?? defaultMiB) * 1024 * 1024;
  const checks = inOrder(checksOf(deployment, { bytes }));
  const { emit, interrupt } = place.context;
  const limit = AbortSignal.timeout(limitMs);
  const signal = interrupt ? AbortSignal.any([limit, interrupt.stop]) : limit;
  const results = await withTargets({ deployment }, place.context, (connections) =>
    runChecks(checks, { connections, emit, errors: allErrors, signal }),
  );
  const failed = results.filter(({ verdict }) => verdict === 'fail');
  return {
    results: {
      passed: count(results, 'pass'),
      warned: count(results, 'warn'),
      skipped: count(results, 'skip'),
      failed: failed.length,
      checks: results.map(({ check, node, verdict, message, remedy }) => ({
        ...{ name: check, node, verdict, message },
        ...(remedy !== undefined && { remedy }),
      })),
    },
    ...(failed[0] && { failed: failureOf(failed[0], failed.length, results.length) }),
  };
};

function count(results: readonly CheckResult[], verdict: CheckResult['verdict']): number {
  return results.filter((one) => one.verdict === verdict).length;
}

function failureOf({ check, node, message, remedy }: CheckResult, failed: number, all: number): string {
  return `${failed} of ${all} checks failed; the first: ${check} on ${node}: ${message}${remedy ? ` (${remedy})` : ''}`;
}
