import { byNode } from '../../by-node.ts';
import { assertDistinct } from '../../resources/model/distinct.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import { masked, maskedData } from '../../secret.ts';
import type { Connection, Session } from '../../session/session.ts';
import type { Deployment } from '../../site/deployment.ts';
import { actionOf, diff } from '../model/diff.ts';
import type { Plan, Step } from '../model/plan.ts';
import { describeChanges, listed, reasonToRestart } from '../model/reason.ts';
import { type Observation, type ObserveOptions, observeNode } from './observe.ts';

/** Nodes and endpoints by name: a connection where one could be opened, else the error that says why not. */
export type Connections = ReadonlyMap<string, Connection | Error>;

/** Sessions of the nodes that are reached; endpoints have none. */
export function nodeSessions(connections: Connections): readonly Session[] {
  return [...connections.values()].flatMap((session) =>
    session instanceof Error || session.kind !== 'node' ? [] : [session],
  );
}

/** The session of a node that is reached. */
export function nodeSession(connections: Connections, node: string): Session | undefined {
  return nodeSessions(connections).find((session) => session.node === node);
}

function platformOf(connection: Connection): string {
  return connection.kind === 'node' ? connection.hello.platform : connection.service;
}

/**
 * Looks at all nodes side by side and says what would change. Touches nothing. A node that cannot be reached is in the plan
 * with its error, and so is what cannot be observed. Throws InternalError where two declarations have one id.
 */
export async function makePlan(
  deployment: Pick<Deployment, 'name' | 'release'>,
  declared: readonly Declaration[],
  connections: Connections,
  options: ObserveOptions & { readonly now?: () => Date } = {},
): Promise<Plan> {
  assertDistinct(declared);
  const own = byNode(declared);
  const observed = await Promise.all(
    [...connections].map(async ([node, session]) => {
      if (session instanceof Error) return new Map<string, Observation>();
      return observeNode(own.get(node) ?? [], session, options);
    }),
  );
  const observations = new Map(observed.flatMap((map) => [...map]));
  return {
    version: 2,
    deployment: deployment.name,
    release: deployment.release,
    created: (options.now?.() ?? new Date()).toISOString(),
    nodes: [...connections].map(([name, session]) =>
      session instanceof Error
        ? { name, platform: 'unreachable', error: masked(session.message) }
        : { name, platform: platformOf(session) },
    ),
    steps: stepsOf(declared, observations, options.all).map(maskedStep),
  };
}

/** What was seen, and why something was not, is in the words of the node; the differences are known by then. */
function maskedStep(step: Step): Step {
  const { observed, changes, reason, error } = step;
  return {
    ...step,
    observed: maskedData(observed),
    changes: changes.map((change) => ({ ...change, from: maskedData(change.from) })),
    reason: masked(reason),
    ...(error && { error: maskedData(error) }),
  };
}

/** The steps that observations lead to; pure. Of nodes without observations there are none. */
export function stepsOf(
  declared: readonly Declaration[],
  observations: ReadonlyMap<string, Observation>,
  all = false,
): readonly Step[] {
  const steps: Step[] = [];
  const pending = new Set<string>();
  for (const one of declared) {
    const observation = observations.get(idOf(one));
    if (observation) {
      const step = stepOf(one, observation, all ? new Set() : pending);
      steps.push(step);
      if (step.action === 'none') continue;
    }
    pending.add(idOf(one));
  }
  return steps;
}

function stepOf(declared: Declaration, observation: Observation, pending: ReadonlySet<string>): Step {
  const { resource, spec, node, component, name, needs, after, restartsAfter = [] } = declared;
  const { disturbs = resource.disturbs } = declared;
  const desired = resource.desired(spec);
  const base = {
    id: idOf(declared),
    node,
    component,
    kind: resource.kind,
    name,
    desired,
    needs,
    ...(after && { after }),
    ...(disturbs && { disturbs }),
  };
  const waitsFor = needs.filter((id) => pending.has(id));
  const unknown = { ...base, observed: null, action: 'unknown', changes: [] } as const;
  if (observation.seen === 'state') {
    const { state } = observation;
    const changes = diff(desired, state);
    const causes = restartsAfter.filter((id) => pending.has(id));
    if (causes.length > 0 && state.exists === true)
      return {
        ...base,
        ...{ observed: state, action: 'update', changes },
        ...{ reason: reasonToRestart(node, causes), restarts: causes },
      };
    if (waitsFor.length === 0) {
      const reason = describeChanges(changes, resource);
      return { ...base, observed: state, action: actionOf(changes, resource.does), changes, reason };
    }
  }
  if (waitsFor.length > 0 || observation.seen === 'skipped')
    return { ...unknown, reason: `known after ${listed(node, waitsFor)}` };
  const { message, remedy } = observation as Observation & { seen: 'error' };
  return {
    ...unknown,
    reason: 'cannot be observed',
    error: { message, ...(remedy !== undefined && { remedy }) },
  };
}
