import type { Reference } from '../model/reference.ts';
import type { EnvironmentVariable } from './resource.ts';

export const environmentVariableReference: Reference<EnvironmentVariable> = {
  about:
    "A variable of the machine's environment. Programs that run already keep theirs: a service has to restart after it.",
  spec: { ensure: '`present` or `absent`', name: 'its name', value: 'its value' },
  observed: { exists: 'whether it is there', value: 'its value' },
  examples: [
    { ensure: 'present', name: 'PYTHONUTF8', value: '1' },
    { ensure: 'absent', name: 'PYTHONUTF8' },
  ],
};
