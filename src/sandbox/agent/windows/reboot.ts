import { bootedAt, firstProcessAt, restart, restartReasons } from '../../cmdlets/windows/restart.ts';
import type { AgentFunctions } from '../call/function.ts';

export const rebootFunctions = {
  'Get-RebootState': async (_, { node }) => ({
    reasons: restartReasons(node),
    booted: bootedAt(node),
    boot: firstProcessAt(node),
  }),

  'Restart-Node': async (_, { node }) => {
    restart(node);
    return null;
  },
} satisfies Partial<AgentFunctions>;
