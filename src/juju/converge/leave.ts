import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadSite } from '../../components/index.ts';
import { changeNodes } from '../../deploy/change-nodes.ts';
import { declareRemoval, externalGrants } from '../../deploy/removal.ts';
import { ownershipByJournal } from '../../plan/journal/ownership.ts';
import { openStateFolder } from '../../plan/run/state-folder.ts';
import type { Facts } from '../gather/facts.ts';
import type { Condition } from '../status/condition.ts';
import { conditionOf, notDone } from './bring-up.ts';
import type { HookPlace } from './place.ts';
import { contextOf } from './prepare-site.ts';

/**
 * What a unit does that goes, in its hook `stop` and once more in `remove`, as something may have been in the way: nothing, unless
 * `uninstall-on-remove` says otherwise and no other unit takes its nodes over. What users keep is never removed. Gives what is in the way.
 */
export async function leave(
  { config, charm, event }: Facts,
  place: HookPlace,
): Promise<readonly Condition[]> {
  const site = join(place.folder, 'site', 'site.yaml');
  if (!config['uninstall-on-remove'] || !existsSync(site)) return [];
  if (charm.flavour === 'proxy' && (await place.tools.stayingUnits()).some((unit) => unit !== event.unit))
    return [];
  try {
    const deployment = await loadSite(site, { secrets: 'placeholder' });
    const folder = await openStateFolder(deployment);
    const given = externalGrants(deployment, false);
    const ownership = await ownershipByJournal(folder.journal, given);
    const serial = Math.max(1, deployment.nodes.length);
    const code = await changeNodes({
      ...{ verb: 'remove', desired: { deployment, folder, declared: given }, flags: { yes: true } },
      context: contextOf(place),
      declare: async (connections) =>
        (await declareRemoval(deployment, given, { ...ownership, data: false }, connections)).declared,
      question: () => 'Remove what the charm made?',
      rollout: {
        rollout: {
          ...deployment.rollout,
          serial,
          canary: false,
          settle: 0,
          maxFailures: Number.POSITIVE_INFINITY,
        },
      },
    });
    return notDone(code, 'what the charm made');
  } catch (error) {
    return [conditionOf(error)];
  }
}
