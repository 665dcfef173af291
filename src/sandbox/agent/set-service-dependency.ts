import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

const parameters = z.strictObject({ name: serviceName, dependencies: z.array(serviceName) });

export const setServiceDependency = agentFunction(parameters, async ({ name, dependencies }, { node }) => {
  await node.backing.setDependencies(name, dependencies);
  return null;
});
