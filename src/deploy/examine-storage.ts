import { allErrors, storageChecksOf } from '../components/index.ts';
import { FileError } from '../errors.ts';
import { withSessions } from '../plan/observe/connect.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import type { CheckResult } from '../verify/check.ts';
import { onlyLooking } from '../verify/choose.ts';
import { runChecks } from '../verify/run-checks.ts';
import type { Context } from './context.ts';
import { openNode } from './open-node.ts';
import { withServicesOf } from './record/services.ts';

/**
 * Runs the checks of a site's storage that change nothing, on those of its nodes that are named; none where that leaves nobody to ask.
 * What no node of the site can be asked is skipped, and says so. Throws what is no error of a service, a session or a resource.
 */
export async function examineStorage(
  deployment: Deployment,
  names: readonly string[],
  { emit, sessions }: Pick<Context, 'emit' | 'sessions'>,
): Promise<readonly CheckResult[]> {
  const others = deployment.nodes.map(({ name }) => name).filter((name) => !names.includes(name));
  const checks = onlyLooking(storageChecksOf(deployment)).filter(({ node }) => !others.includes(node));
  const nodes = deployment.nodes.filter(({ name }) => checks.some(({ node }) => node === name));
  if (nodes.length === 0) return [];
  const { signal } = new AbortController();
  try {
    const open = (node: NodeSettings) => openNode(node, emit, { ...sessions, onNoise: () => {} });
    return await withServicesOf(deployment, () =>
      withSessions(nodes, open, emit, (connections) =>
        runChecks(checks, { connections, emit, errors: allErrors, signal }),
      ),
    );
  } catch (error) {
    if (!(error instanceof FileError && error.duringRun)) throw error;
    // A record that was made before the doctor asked for the storage has all the rest.
    emit({ kind: 'note', level: 'warning', message: `the storage is not examined: ${error.message}` });
    return [];
  }
}
