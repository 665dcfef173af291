import { componentsOf, runs } from '../components/index.ts';
import { CallError, SessionError } from '../errors.ts';
import type { Gate } from '../plan/rollout/gate.ts';
import type { Session } from '../session/session.ts';
import type { Deployment } from '../site/deployment.ts';
import type { Check } from '../verify/check.ts';
import { runChecks } from '../verify/run-checks.ts';

/** What a changed node has to pass: the checks that the components on it have for that. */
export function checksGate(deployment: Deployment): Gate {
  return async (node, emit, signal, session) => {
    try {
      const checks = await checksOf(deployment, session);
      const results = await runChecks(checks, { connections: new Map([[node, session]]), emit, signal });
      const failed = results.find(({ verdict }) => verdict === 'fail');
      if (!failed) return undefined;
      const { check, message, remedy } = failed;
      return `${check}: ${message}${remedy === undefined ? '' : ` (${remedy})`}`;
    } catch (error) {
      if (error instanceof SessionError || error instanceof CallError) return error.message;
      throw error;
    }
  };
}

async function checksOf(deployment: Deployment, session: Session): Promise<readonly Check[]> {
  const node = deployment.nodes.find(({ name }) => name === session.node);
  const own = componentsOf(deployment).filter((component) => node && runs(component, node));
  return (await Promise.all(own.map(async ({ gate }) => gate?.(deployment, session) ?? []))).flat();
}
