import { z } from 'zod';
import { agentFunction, serviceName } from './function.ts';

const parameters = z.strictObject({
  name: serviceName,
  account: z.string().min(1),
  password: z.string().optional(),
});

/** The password is not kept: a stand-in has one user. */
export const setServiceAccount = agentFunction(parameters, async ({ name, account }, { node }) => {
  await node.backing.setAccount(name, account);
  return null;
});
