import { componentsOf } from '../components/index.ts';
import type { ServiceEndpoint } from '../components/model/component.ts';
import { openIdentityEndpoint } from '../identity/endpoint.ts';
import { withSessions } from '../plan/observe/connect.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { Declaration } from '../resources/model/resource.ts';
import type { Connection } from '../session/session.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { servingNodes, storageOnlyNodes } from './compose/nodes.ts';
import { type OpenNodeOptions, openAgain } from './open-node.ts';
import { withServicesOf } from './record/services.ts';

export interface Targets {
  readonly deployment: Deployment;
  readonly declared?: readonly Declaration[];
  /** Also nodes that only have shares and no steps, as where these are known only once the nodes are reached. */
  readonly all?: boolean;
}

/**
 * Opens a session to everything that has steps: the nodes, those that only make shares first, and the identity service where that is
 * kept in order.
 */
export function withTargets<Result>(
  { deployment, declared = [], all = false }: Targets,
  options: OpenNodeOptions,
  body: (connections: Connections) => Promise<Result>,
): Promise<Result> {
  const hasSteps = ({ name }: { readonly name: string }): boolean =>
    declared.some(({ node }) => node === name);
  const services = componentsOf(deployment).flatMap(({ endpoints }) => endpoints?.(deployment) ?? []);
  const distinct = [...new Map(services.map((one) => [one.name, one])).values()];
  const open = (target: NodeSettings | ServiceEndpoint): Promise<Connection> =>
    'keystone' in target
      ? openIdentityEndpoint(target.keystone, target.admin, options.interrupt?.abort)
      : openAgain(target, options);
  const storage = storageOnlyNodes(deployment).filter((node) => all || hasSteps(node));
  const targets = [...distinct.filter(hasSteps), ...storage, ...servingNodes(deployment)];
  return withServicesOf(deployment, () => withSessions(targets, open, options.emit, body));
}
