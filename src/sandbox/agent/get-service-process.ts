import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

export const getServiceProcess = agentFunction(
  z.strictObject({ name: serviceName }),
  async ({ name }, { node }) => ({ processes: await node.backing.processes(name) }),
);
