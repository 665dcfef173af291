import type { Finding } from '../finding.ts';
import type { SiteFragment } from '../schema/site.ts';
import { accountRules } from './accounts.ts';
import { certificateRules } from './certificates.ts';
import { databaseRules } from './database.ts';
import { endpointRules } from './endpoints.ts';
import { featureRules } from './features.ts';
import { managedShareRules } from './managed-shares.ts';
import { nodeRules } from './nodes.ts';
import { payloadRules } from './payload.ts';
import { rolloutRules } from './rollout.ts';
import { secretRules } from './secrets.ts';
import { shareRules } from './shares.ts';
import { storeRules } from './stores.ts';
import { taskRules } from './tasks.ts';

/** One check across keys. It gets what the grammar accepted, so anything may be missing, and nothing is of a wrong type. */
export type Rule = (site: SiteFragment) => readonly Finding[];

/** The checks across keys that need no component, no file and no secret. */
export const rules: readonly Rule[] = [
  ...secretRules,
  ...shareRules,
  ...managedShareRules,
  ...storeRules,
  ...databaseRules,
  ...accountRules,
  ...endpointRules,
  ...featureRules,
  ...taskRules,
  ...certificateRules,
  ...payloadRules,
  ...nodeRules,
  ...rolloutRules,
];
