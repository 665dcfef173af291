import { balancerOf } from '../../balancer/balancer.ts';
import { changeNodes } from '../../deploy/change-nodes.ts';
import { composed } from '../../deploy/compose/compose.ts';
import { withTargets } from '../../deploy/targets.ts';
import { drain as drainNodes, undrain } from '../../plan/rollout/drain.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import type { Deployment } from '../../site/deployment.ts';
import { bringUpNodes, type Converged, heldRelease } from '../converge/converge.ts';
import { stateKeys } from '../converge/place.ts';
import { contextOf } from '../converge/prepare-site.ts';
import { stopped } from '../converge/withdraw.ts';
import { condition, statusOf } from '../status/condition.ts';
import { type Action, type ActionContext, ActionRefusal } from './action.ts';

/** Milliseconds to take nodes out of the load balancer and to put them back. */
const limitMs = 15 * 60_000;

/** Hooks leave the nodes alone from now on, and say why. */
async function hold(why: string, { place, surroundings }: ActionContext): Promise<Converged> {
  await place.tools.setState({ [stateKeys.held]: why });
  return {
    conditions: [condition('held', { why })],
    serving: why === 'drained' && surroundings.share.own.length > 0,
  };
}

/** Stops the services of all nodes of the unit. */
export const pause: Action = async (context) => {
  const { deployment } = await context.site();
  const folder = await openStateFolder(deployment);
  const { declared } = await composed(deployment, folder.salt);
  const code = await changeNodes({
    ...{ verb: 'pause', desired: { deployment, folder }, flags: { yes: true } },
    context: contextOf(context.place),
    declare: () => stopped(declared),
    question: () => 'Stop the services?',
    // All at once: none has to serve for another.
    rollout: {
      rollout: {
        ...deployment.rollout,
        serial: Math.max(1, deployment.nodes.length),
        canary: false,
        settle: 0,
      },
    },
  });
  if (code !== 0)
    throw new ActionRefusal(
      'not every service stopped: see the lines above and juju debug-log; run the action again',
    );
  return {
    results: { outcome: 'paused', nodes: named(deployment) },
    converged: await hold('paused', context),
  };
};

/** Takes nodes out of the load balancer that the site names. */
export const drain: Action = async (context) => {
  const { deployment } = await context.site();
  await balance(deployment, context, drainNodes);
  return {
    results: { outcome: 'drained', nodes: named(deployment) },
    converged: await hold('drained', context),
  };
};

/** Undoes pause, drain and rollback: brings the nodes to what the model says, and back into the load balancer. */
export const resume: Action = async (context) => {
  const { place, surroundings } = context;
  const { deployment } = await context.site();
  const failed = await bringUpNodes(surroundings, place, heldRelease(surroundings.facts));
  if (failed.length > 0) throw new ActionRefusal(statusOf(failed).message);
  if (deployment.rollout.drain) await balance(deployment, context, undrain);
  await place.tools.deleteState(stateKeys.held);
  return {
    results: { outcome: 'resumed', nodes: named(deployment) },
    converged: { conditions: [], serving: true },
  };
};

async function balance(
  deployment: Deployment,
  { place }: ActionContext,
  act: typeof drainNodes,
): Promise<void> {
  const { rollout, nodes } = deployment;
  if (!rollout.drain)
    throw new ActionRefusal(
      'no load balancer is known: set rollout.drain in site-config (docs/reference/site-file.md), or use the action pause',
    );
  const draining = { balancer: balancerOf(rollout.drain), nodes };
  const { emit } = place.context;
  const abort = AbortSignal.timeout(limitMs);
  const names = nodes.map(({ name }) => name);
  const reasons = await withTargets({ deployment }, place.context, (connections) =>
    act(names, draining, connections, { emit, abort }),
  );
  const [first] = [...reasons];
  if (first) throw new ActionRefusal(`${first[0]}: ${first[1]}`);
}

function named({ nodes }: Deployment) {
  return nodes.map(({ name, address }) => ({ name, address }));
}
