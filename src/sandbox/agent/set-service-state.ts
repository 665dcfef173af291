import { z } from 'zod';
import { agentFunction, serviceName, timeout } from './function.ts';

const parameters = z.strictObject({ name: serviceName, status: z.enum(['Running', 'Stopped']), timeout });

export const setServiceState = agentFunction(parameters, async (wanted, { node }) => {
  await node.backing.setService(wanted.name, wanted.status, wanted.timeout);
  return { status: wanted.status };
});
