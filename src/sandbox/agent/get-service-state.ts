import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

export const getServiceState = agentFunction(
  z.strictObject({ name: serviceName }),
  async ({ name }, { node }) => node.backing.service(name),
);
