import { glanceNodes } from '../components/glance/declare/resources.ts';
import { settingsOf } from '../components/glance/site/settings.ts';
import { storageNodes } from '../components/storage/shares.ts';
import type { Emit } from '../events/events.ts';
import { openIdentityEndpoint } from '../identity/endpoint.ts';
import { withSessions } from '../plan/observe/connect.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { Declaration } from '../resources/model/resource.ts';
import { reconnecting } from '../session/open/reconnecting.ts';
import type { Connection } from '../session/session.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { identityNode } from '../site/grammar/node-entries.ts';
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
  const { keystone } = settingsOf(deployment);
  const listed = declared.some(({ node }) => node === identityNode);
  const service = keystone?.admin && listed ? [{ name: identityNode, keystone, admin: keystone.admin }] : [];
  const open = (target: NodeSettings | (typeof service)[number]): Promise<Connection> =>
    'keystone' in target
      ? openIdentityEndpoint(target.keystone, target.admin, signal)
      : reconnecting((again = signal) => openNode(target, emit, again));
  const storage = storageOnlyNodes(deployment).filter(({ name }) =>
    declared.some(({ node }) => node === name),
  );
  return withSessions([...service, ...storage, ...glanceNodes(deployment)], open, emit, body);
}

/** The nodes that make shares and serve nobody themselves. */
export function storageOnlyNodes(deployment: Deployment): readonly NodeSettings[] {
  return storageNodes(deployment).filter(({ roles }) => !roles.includes('glance'));
}
