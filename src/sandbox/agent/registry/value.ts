import { faultyRegistry } from '../../faults/machine.ts';
import type { RegistryData } from '../../node/backing.ts';
import { decodeBase64 } from '../call/base64.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

/** Where Windows keeps the variables of the machine. */
const variables = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

export const registryFunctions = {
  'Get-RegistryValue': async ({ key, name }, { node }) =>
    faultyRegistry(key, name, node) ?? node.backing.registry(key, name),

  'Set-RegistryValue': async ({ key, name, ...data }, { node }) => {
    if (!fits(data))
      throw new AgentFailure('BadParameter', `the value is none of type ${data.type}`, 'InvalidArgument');
    await node.backing.setRegistry(key, name, data);
    return null;
  },

  'Remove-RegistryValue': async ({ key, name }, { node }) => {
    const { exists } = await node.backing.registry(key, name);
    if (exists) await node.backing.setRegistry(key, name);
    return { removed: exists };
  },

  'Set-EnvironmentVariable': async ({ name, value }, { node }) => {
    const data = value === undefined ? value : ({ type: 'String', value } as const);
    await node.backing.setRegistry(variables, name, data);
    return null;
  },
} satisfies Partial<AgentFunctions>;

function fits({ type, value }: RegistryData): boolean {
  if (type === 'MultiString') return Array.isArray(value);
  if (type === 'DWord') return typeof value === 'number' && value >= 0 && value < 2 ** 32;
  if (type === 'QWord') return typeof value === 'number' && value >= 0;
  return typeof value === 'string' && (type !== 'Binary' || decodeBase64('value', value).length >= 0);
}
