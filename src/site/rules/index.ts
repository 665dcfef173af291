import type { FragmentRule } from '../grammar/rule.ts';
import type { SiteComponent } from '../grammar/site-component.ts';
import { certificateRules } from './certificates.ts';
import { componentRules } from './components.ts';
import { connectionRules } from './connections.ts';
import { managedShareRules } from './managed-shares.ts';
import { nodeRules } from './nodes.ts';
import { payloadRules } from './payload.ts';
import { psremotingRules } from './psremoting.ts';
import { rolloutRules } from './rollout.ts';
import { secretRules } from './secrets.ts';
import { shareAccountRules } from './share-accounts.ts';
import { shareRules } from './shares.ts';
import { winrmRules } from './winrm.ts';

/** The checks across keys that need no component, no file and no secret. */
const own: readonly FragmentRule[] = [
  ...secretRules,
  ...shareRules,
  ...managedShareRules,
  ...shareAccountRules,
  ...certificateRules,
  ...payloadRules,
  ...nodeRules,
  ...winrmRules,
  ...connectionRules,
  ...psremotingRules(),
  ...rolloutRules,
];

/** The same and those of components, of which a site may lack any. */
export function rulesOf(components: readonly SiteComponent[]): readonly FragmentRule[] {
  const others = components.flatMap(({ name, site }) =>
    site.rules.map(
      (rule): FragmentRule =>
        (data) =>
          data.components && !(name in data.components) ? [] : rule(data),
    ),
  );
  return [...own, ...componentRules(components), ...others];
}
