import { type Declaration, declare, idOf } from '../../resources/model/resource.ts';
import { reboot } from '../../resources/reboot/resource.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import { belowRoot } from '../../windows-root.ts';

/** Of no component: Windows is there for all of them. */
const component = 'windows';

/** Beside what oriel keeps on a node, as it is of the node and of no component. */
const mark = belowRoot('restarted.txt');
/** Seconds; servers with much memory take their time before Windows even begins. */
const timeoutSeconds = 1800;

/**
 * Whether oriel may restart a node. One that makes shares may be part of a cluster, which has to be told first, and whose other
 * members may not be there: that is for who looks after the cluster.
 */
export function mayRestart({ rollout }: Deployment, { roles }: NodeSettings): boolean {
  return rollout.reboot === 'when-needed' && !roles.includes('storage');
}

/**
 * What a node's features need, between restarts: Windows installs none while it waits for one, and what comes after them may need
 * them whole.
 */
export function withRestarts(
  deployment: Deployment,
  features: readonly Declaration[],
): readonly Declaration[] {
  return deployment.nodes.flatMap((node) => {
    const own = features.filter((one) => one.node === node.name);
    if (!mayRestart(deployment, node)) return own;
    const before = declareRestart(node.name, 'windows', []);
    const after = own.length > 0 ? [declareRestart(node.name, 'features', own.map(idOf))] : [];
    return [before, ...own, ...after];
  });
}

function declareRestart(node: string, name: string, needs: readonly string[]): Declaration {
  return declare({ resource: reboot, component, node, name, needs, spec: { mark, wait: timeoutSeconds } });
}
