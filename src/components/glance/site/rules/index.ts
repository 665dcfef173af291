import type { FragmentRule } from '../../../../site/grammar/rule.ts';
import { accountRules } from './accounts.ts';
import { databaseRules } from './database.ts';
import { endpointRules } from './endpoints.ts';
import { extraRules } from './extra.ts';
import { featureRules } from './features.ts';
import { glanceShareRules } from './shares.ts';
import { storeRules } from './stores.ts';
import { taskRules } from './tasks.ts';

/** What the keys of the image service have to do with each other and with the rest of the site. */
export const glanceRules: readonly FragmentRule[] = [
  ...extraRules,
  ...glanceShareRules,
  ...storeRules,
  ...databaseRules,
  ...accountRules,
  ...endpointRules,
  ...featureRules,
  ...taskRules,
];
