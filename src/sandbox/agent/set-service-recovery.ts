import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

const parameters = z.strictObject({
  name: serviceName,
  actions: z.array(
    z.string().regex(/^(?:none|restart|reboot)\/\d{1,9}$/, 'is no action (restart/MILLISECONDS)'),
  ),
  reset: z.int().min(0),
  onError: z.boolean(),
});

export const setServiceRecovery = agentFunction(parameters, async ({ name, ...recovery }, { node }) => {
  await node.backing.setRecovery(name, recovery);
  return null;
});
