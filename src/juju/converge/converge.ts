import { join } from 'node:path';
import { composeSite, missingRelations } from '../compose/compose-site.ts';
import { type Facts, textOption } from '../gather/facts.ts';
import type { Surroundings } from '../relations/handler.ts';
import { type Condition, condition, mayGoOn } from '../status/condition.ts';
import { bringUp, conditionOf } from './bring-up.ts';
import { clusterConditions } from './cluster.ts';
import { type HookPlace, stateKeys } from './place.ts';
import { contextOf, prepareSite } from './prepare-site.ts';
import { withdraw } from './withdraw.ts';

export interface Converged {
  readonly conditions: readonly Condition[];
  readonly serving: boolean;
}

/** What is still missing before nodes can be brought up: relations, options, secrets, the leader. */
export function missingOf(surroundings: Surroundings): readonly Condition[] {
  return [...composeSite(surroundings).conditions, ...clusterConditions(surroundings)];
}

/** Brings the nodes of a unit to what the model says, or says what is in the way. */
export async function converge(surroundings: Surroundings, place: HookPlace): Promise<Converged> {
  const { facts, share } = surroundings;
  const missing = missingOf(surroundings);
  if (!mayGoOn(missing))
    return { conditions: [...missing, ...(await withdrawn(facts, place))], serving: false };
  const held = facts.state[stateKeys.held];
  if (held)
    return {
      conditions: [condition('held', { why: held })],
      serving: held === 'drained',
    };
  if (share.own.length === 0) return { conditions: [condition('standby')], serving: true };
  const release = heldRelease(facts);
  const failed = await bringUpNodes(surroundings, place, release);
  if (failed.length > 0) return { conditions: failed, serving: false };
  return { conditions: release === undefined ? [] : [condition('due')], serving: true };
}

/** The nodes of the unit, whatever holds it. Gives what is in the way. */
export async function bringUpNodes(
  surroundings: Surroundings,
  place: HookPlace,
  release?: string,
): Promise<readonly Condition[]> {
  const { tools } = place;
  try {
    const { file, env, deployment, lacking } = await prepareSite(surroundings, place, release);
    if (lacking.length > 0) return lacking;
    const failed = await bringUp(file, env, contextOf(place));
    if (failed.length > 0) return failed;
    await tools.setVersion(deployment.release);
    await tools.setState({ [stateKeys.release]: deployment.release, [stateKeys.serving]: 'yes' });
    return [];
  } catch (error) {
    return [conditionOf(error)];
  }
}

/** What was deployed with a relation that is gone does not go on with its credentials. */
async function withdrawn(facts: Facts, place: HookPlace): Promise<readonly Condition[]> {
  if (!facts.state[stateKeys.serving] || missingRelations(facts).length === 0) return [];
  const failed = await withdraw(join(place.folder, 'site', 'site.yaml'), contextOf(place));
  if (failed.length === 0) await place.tools.deleteState(stateKeys.serving);
  return failed;
}

/** The release that stays until somebody runs the action. */
export function heldRelease(facts: Facts): string | undefined {
  const has = facts.state[stateKeys.release];
  if (!facts.config['action-managed-upgrade'] || has === undefined) return undefined;
  return has === textOption(facts, 'openstack-version') ? undefined : has;
}
