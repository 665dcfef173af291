import { componentsOf } from '../components/index.ts';
import type { ServiceEndpoint } from '../components/model/component.ts';
import type { Emit } from '../events/events.ts';
import { openIdentityEndpoint } from '../identity/endpoint.ts';
import { withSessions } from '../plan/observe/connect.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import type { Interrupt } from '../plan/run/interrupt.ts';
import type { Declaration } from '../resources/model/resource.ts';
import { reconnecting } from '../session/open/reconnecting.ts';
import type { OpenOptions } from '../session/open-options.ts';
import type { Connection, Session } from '../session/session.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { servingNodes, storageOnlyNodes } from './compose/nodes.ts';
import { openNode } from './open-node.ts';
import { withServicesOf } from './record/services.ts';

export interface TargetOptions {
  readonly emit: Emit;
  /** Ctrl-C: the first ends what is being opened, the second all that is done over the sessions. */
  readonly interrupt?: Pick<Interrupt, 'stop' | 'abort'> | undefined;
  readonly sessions?: Partial<OpenOptions> | undefined;
  /** Opens a node in place of its way there. */
  readonly open?: ((node: NodeSettings) => Promise<Session>) | undefined;
}

/**
 * Opens a session to everything that has steps: the nodes, those that only make shares first, and the identity service where that is
 * kept in order.
 */
export function withTargets<Result>(
  {
    deployment,
    declared = [],
  }: { readonly deployment: Deployment; readonly declared?: readonly Declaration[] },
  { emit, interrupt, sessions, open: openOther }: TargetOptions,
  body: (connections: Connections) => Promise<Result>,
): Promise<Result> {
  const hasSteps = ({ name }: { readonly name: string }): boolean =>
    declared.some(({ node }) => node === name);
  const services = componentsOf(deployment).flatMap(({ endpoints }) => endpoints?.(deployment) ?? []);
  const distinct = [...new Map(services.map((one) => [one.name, one])).values()];
  const open = (target: NodeSettings | ServiceEndpoint): Promise<Connection> =>
    'keystone' in target
      ? openIdentityEndpoint(target.keystone, target.admin, interrupt?.abort)
      : reconnecting((signal = interrupt?.stop) =>
          openOther
            ? openOther(target)
            : openNode(target, emit, {
                ...sessions,
                ...(signal && { signal }),
                ...(interrupt && { abort: interrupt.abort }),
              }),
        );
  const storage = storageOnlyNodes(deployment).filter(hasSteps);
  const targets = [...distinct.filter(hasSteps), ...storage, ...servingNodes(deployment)];
  return withServicesOf(deployment, () => withSessions(targets, open, emit, body));
}
