import { accountRules } from './accounts.ts';
import { certificateRules } from './certificates.ts';
import { databaseRules } from './database.ts';
import { endpointRules } from './endpoints.ts';
import { featureRules } from './features.ts';
import { managedShareRules } from './managed-shares.ts';
import { nodeRules } from './nodes.ts';
import { payloadRules } from './payload.ts';
import { rolloutRules } from './rollout.ts';
import type { Rule } from './rule.ts';
import { secretRules } from './secrets.ts';
import { shareRules } from './shares.ts';
import { storeRules } from './stores.ts';
import { taskRules } from './tasks.ts';

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
