import { composed } from '../../deploy/compose/compose.ts';
import { withTargets } from '../../deploy/targets.ts';
import { nodeSession } from '../../plan/observe/make-plan.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import { service } from '../../resources/service/resource.ts';
import { type Action, ActionRefusal } from './action.ts';

interface ServiceSpec {
  readonly name: string;
  readonly timeout: number;
}

/** Restarts the services of one node after the other; what is in flight is let end by the service itself. */
export const restartServices: Action = async ({ site, place, log }) => {
  const { deployment } = await site();
  const { salt } = await openStateFolder(deployment);
  const { declared } = await composed(deployment, salt);
  const services = declared.filter(({ resource }) => resource.kind === service.kind);
  const restarted = await withTargets({ deployment }, place.context, async (connections) => {
    const done: { readonly name: string; readonly service: string }[] = [];
    for (const { node, spec } of services) {
      const session = nodeSession(connections, node);
      if (!session)
        throw new ActionRefusal(
          `${node} is not reached; restarted before it: ${done.length}. See the action verify`,
        );
      const { name, timeout } = spec as ServiceSpec;
      for (const status of ['Stopped', 'Running'])
        await session.call({ call: 'Set-ServiceState', name, status, timeout });
      log(`${node}: ${name} restarted`);
      done.push({ name: node, service: name });
    }
    return done;
  });
  return { results: { outcome: 'restarted', services: restarted } };
};
