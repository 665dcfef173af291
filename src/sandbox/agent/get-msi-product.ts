import { z } from 'zod';
import { agentFunction } from './function.ts';

const parameters = z.strictObject({
  upgradeCode: z.string().regex(/^\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}$/, 'is no {GUID}'),
});

export const getMsiProduct = agentFunction(parameters, async ({ upgradeCode }, { node }) => ({
  products: await node.backing.products(upgradeCode.toUpperCase()),
}));
