import type { Action } from './action.ts';
import { collectLogs } from './collect-logs.ts';
import { drain, pause, resume } from './hold.ts';
import { restartServices } from './restart-services.ts';
import { rollback } from './rollback.ts';
import { showConfig } from './show-config.ts';
import { openstackUpgrade } from './upgrade.ts';
import { verify } from './verify.ts';

/** By the name that actions.yaml has. */
export const actions: Readonly<Record<string, Action>> = {
  verify,
  drain,
  resume,
  pause,
  'restart-services': restartServices,
  'openstack-upgrade': openstackUpgrade,
  rollback,
  'show-config': showConfig,
  'collect-logs': collectLogs,
};
