import type { IdentityAnswer } from '../../identity/answers.ts';
import type { IdentityService } from '../../identity/specs.ts';
import type { Resource } from '../model/resource.ts';

export interface KeystoneService extends IdentityService {
  readonly ensure: 'present' | 'absent';
}

/** A service in the catalogue of the identity service. */
export const keystoneService: Resource<KeystoneService> = {
  kind: 'keystone-service',
  identity: ({ type }) => ({ type }),
  desired: ({ ensure, name, description }) =>
    ensure === 'present' ? { exists: true, name, description, enabled: true } : { exists: false },
  observe: ({ type }) => [{ call: 'Get-IdentityService', type }],
  read(_, [result]) {
    const { exists, name, description, enabled } = result as IdentityAnswer<'Get-IdentityService'>;
    return { exists, name: name ?? null, description: description ?? null, enabled: enabled ?? null };
  },
  change({ ensure, type, name, description }) {
    if (ensure === 'absent') {
      const call = { call: 'Remove-IdentityService', type };
      return [{ do: 'call', description: `takes the service ${name} out of the catalogue`, call }];
    }
    const call = { call: 'Set-IdentityService', type, name, description };
    return [{ do: 'call', description: `puts the service ${name} into the catalogue`, call }];
  },
};
