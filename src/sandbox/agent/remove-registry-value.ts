import { z } from 'zod';
import { agentFunction } from './function.ts';
import { registryKey } from './set-registry-value.ts';

const parameters = z.strictObject({ key: registryKey, name: z.string() });

export const removeRegistryValue = agentFunction(parameters, async ({ key, name }, { node }) => {
  const { exists } = await node.backing.registry(key, name);
  if (exists) await node.backing.setRegistry(key, name);
  return { removed: exists };
});
