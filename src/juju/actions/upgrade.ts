import { bringUpNodes, heldRelease } from '../converge/converge.ts';
import { stateKeys } from '../converge/place.ts';
import { textOption } from '../gather/facts.ts';
import { statusOf } from '../status/condition.ts';
import type { Action } from './action.ts';

/** Installs the release of openstack-version on the nodes of the unit, where the option says that only this action does. */
export const openstackUpgrade: Action = async ({ surroundings, place, site }) => {
  const { facts } = surroundings;
  const to = textOption(facts, 'openstack-version') ?? '';
  const from = facts.state[stateKeys.release] ?? '';
  if (!facts.config['action-managed-upgrade'])
    return { results: { outcome: 'action-managed-upgrade is false: hooks upgrade by themselves, skipped' } };
  await site();
  if (heldRelease(facts) === undefined)
    return { results: { outcome: 'no upgrade available', release: from } };
  const failed = await bringUpNodes(surroundings, place);
  if (failed.length > 0)
    return {
      results: { outcome: 'upgrade failed', release: from },
      failed: `${statusOf(failed).message} (then run it again, or the action rollback)`,
    };
  return {
    results: { outcome: 'success, upgrade completed', from, release: to },
    converged: { conditions: [], serving: true },
  };
};
