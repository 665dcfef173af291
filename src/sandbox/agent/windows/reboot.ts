import { pendingFeatures } from '../../cmdlets/windows/features.ts';
import { bootedAt, restart } from '../../cmdlets/windows/restart.ts';
import type { AgentFunctions } from '../call/function.ts';

export const rebootFunctions = {
  'Get-RebootState': async (_, { node }) => ({
    reasons: pendingFeatures(node).length > 0 ? ['servicing'] : [],
    booted: bootedAt(node),
  }),

  'Restart-Node': async (_, { node }) => {
    restart(node);
    return null;
  },
} satisfies Partial<AgentFunctions>;
