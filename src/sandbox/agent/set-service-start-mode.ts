import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

const parameters = z.strictObject({ name: serviceName, startMode: z.enum(['Auto', 'Manual', 'Disabled']) });

export const setServiceStartMode = agentFunction(parameters, async ({ name, startMode }, { node }) => {
  await node.backing.setStartMode(name, startMode);
  return null;
});
