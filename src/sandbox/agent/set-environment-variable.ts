import { z } from 'zod';
import { agentFunction } from './function.ts';

const parameters = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_().-]{0,254}$/, 'is no name of a variable'),
  value: z.string().optional(),
});
/** Where Windows keeps the variables of the machine. */
const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

export const setEnvironmentVariable = agentFunction(parameters, async ({ name, value }, { node }) => {
  await node.backing.setRegistry(key, name, value === undefined ? value : { type: 'String', value });
  return null;
});
