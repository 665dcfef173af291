import { z } from 'zod';
import { agentFunction } from './function.ts';

const hive = /^(?:HKLM|HKCU|HKCR|HKU)\\./i;
export const registryKey = z.string().regex(hive, 'begins with none of HKLM, HKCU, HKCR, HKU');

const text = z.strictObject({ type: z.enum(['String', 'ExpandString']), value: z.string() });
const number = z.strictObject({ type: z.enum(['DWord', 'QWord']), value: z.int().min(0) });
const list = z.strictObject({ type: z.literal('MultiString'), value: z.array(z.string()) });
const bytes = z.strictObject({ type: z.literal('Binary'), value: z.base64() });
const place = { key: registryKey, name: z.string() };
const parameters = z.discriminatedUnion('type', [
  text.extend(place),
  number.extend(place).refine(({ type, value }) => type === 'QWord' || value < 2 ** 32, 'is no 32 bits'),
  list.extend(place),
  bytes.extend(place),
]);

export const setRegistryValue = agentFunction(parameters, async ({ key, name, ...data }, { node }) => {
  await node.backing.setRegistry(key, name, data);
  return null;
});
