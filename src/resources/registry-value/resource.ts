import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

interface Place {
  /** `HKLM\\SOFTWARE\\...`, in the 64-bit view. */
  readonly key: string;
  readonly name: string;
}

export type RegistryValue =
  | (Place & {
      readonly ensure: 'present';
      readonly type: 'String' | 'ExpandString' | 'DWord' | 'QWord' | 'MultiString' | 'Binary';
      /** Binary as base64, numbers without a sign. */
      readonly value: string | number | readonly string[];
    })
  | (Place & { readonly ensure: 'absent' });

/** One value of the registry. Its key is made with it, and stays when the value goes. */
export const registryValue: Resource<RegistryValue> = {
  kind: 'registry-value',
  desired: (spec) =>
    spec.ensure === 'absent' ? { exists: false } : { exists: true, type: spec.type, value: spec.value },
  observe: ({ key, name }) => [{ call: 'Get-RegistryValue', key, name }],
  read(_, [result]) {
    const { exists, type = null, value = null } = result as AgentResults['Get-RegistryValue'];
    return { exists, type, value };
  },
  change(spec) {
    const { key, name } = spec;
    if (spec.ensure === 'absent') {
      const call = { call: 'Remove-RegistryValue', key, name };
      return [{ do: 'call', description: `removes ${key}\\${name}`, call }];
    }
    const call = { call: 'Set-RegistryValue', key, name, type: spec.type, value: spec.value };
    return [{ do: 'call', description: `sets ${key}\\${name}`, call }];
  },
};
