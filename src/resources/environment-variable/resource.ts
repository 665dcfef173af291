import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import type { Resource } from '../model/resource.ts';

export type EnvironmentVariable =
  | { readonly ensure: 'present'; readonly name: string; readonly value: string }
  | { readonly ensure: 'absent'; readonly name: string };

/** Where Windows keeps the variables of the machine. */
const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

/** A variable of the machine's environment. Programs that run already keep theirs: a service has to restart after it. */
export const environmentVariable: Resource<EnvironmentVariable> = {
  kind: 'environment-variable',
  desired: (spec) => (spec.ensure === 'absent' ? { exists: false } : { exists: true, value: spec.value }),
  observe: ({ name }) => [{ call: 'Get-RegistryValue', key, name }],
  read(_, [result]) {
    const { exists, value } = result as AgentResults['Get-RegistryValue'];
    if (!exists || typeof value === 'string') return { exists, value: value ?? null };
    return { unreadable: 'its value in the registry is not text', remedy: 'look who set it, and remove it' };
  },
  change(spec) {
    const { name } = spec;
    if (spec.ensure === 'absent')
      return [
        {
          do: 'call',
          description: `removes the variable ${name}`,
          call: { call: 'Set-EnvironmentVariable', name },
        },
      ];
    const call = { call: 'Set-EnvironmentVariable', name, value: spec.value };
    return [{ do: 'call', description: `sets the variable ${name}`, call }];
  },
};
