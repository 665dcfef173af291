import { z } from 'zod';
import { agentFunction } from './function.ts';

const parameters = z.strictObject({
  key: z.string().regex(/^(?:HKLM|HKCU|HKCR|HKU)(?:\\|$)/i, 'begins with none of HKLM, HKCU, HKCR, HKU'),
  name: z.string().optional(),
});

export const getRegistryValue = agentFunction(parameters, async ({ key, name }, { node }) =>
  node.backing.registry(key, name),
);
