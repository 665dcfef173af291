import { componentsOf } from '../components/index.ts';
import type { ServiceEndpoint } from '../components/model/component.ts';
import type { Emit } from '../events/events.ts';
import { openIdentityEndpoint } from '../identity/endpoint.ts';
import { withSessions } from '../plan/observe/connect.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { Declaration } from '../resources/model/resource.ts';
import { reconnecting } from '../session/open/reconnecting.ts';
import type { Connection } from '../session/session.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { servingNodes, storageOnlyNodes } from './compose/nodes.ts';
import { openNode } from './open-node.ts';

/**
 * Opens a session to everything that has steps: the nodes, those that only make shares first, and the identity service where that is
 * kept in order.
 */
export function withTargets<Result>(
  {
    deployment,
    declared = [],
  }: { readonly deployment: Deployment; readonly declared?: readonly Declaration[] },
  emit: Emit,
  signal: AbortSignal | undefined,
  body: (connections: Connections) => Promise<Result>,
): Promise<Result> {
  const hasSteps = ({ name }: { readonly name: string }): boolean =>
    declared.some(({ node }) => node === name);
  const services = componentsOf(deployment).flatMap(({ endpoints }) => endpoints?.(deployment) ?? []);
  const distinct = [...new Map(services.map((one) => [one.name, one])).values()];
  const open = (target: NodeSettings | ServiceEndpoint): Promise<Connection> =>
    'keystone' in target
      ? openIdentityEndpoint(target.keystone, target.admin, signal)
      : reconnecting((again = signal) => openNode(target, emit, again));
  const storage = storageOnlyNodes(deployment).filter(hasSteps);
  return withSessions(
    [...distinct.filter(hasSteps), ...storage, ...servingNodes(deployment)],
    open,
    emit,
    body,
  );
}
