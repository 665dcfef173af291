import type { IdentityAnswer } from '../../identity/answers.ts';
import type { IdentityEndpoint } from '../../identity/specs.ts';
import type { Resource } from '../model/resource.ts';

export interface KeystoneEndpoint extends IdentityEndpoint {
  readonly ensure: 'present' | 'absent';
}

/** Where a service is reached, as the catalogue tells clients. */
export const keystoneEndpoint: Resource<KeystoneEndpoint> = {
  kind: 'keystone-endpoint',
  identity: ({ type, interface: face, region }) => ({ type, interface: face, region }),
  desired: ({ ensure, url }) =>
    ensure === 'present' ? { exists: true, url, enabled: true } : { exists: false },
  observe: ({ type, interface: face, region }) => [
    { call: 'Get-IdentityEndpoint', type, interface: face, region },
  ],
  read(_, [result]) {
    const { exists, url = null, enabled = null } = result as IdentityAnswer<'Get-IdentityEndpoint'>;
    return { exists, url, enabled };
  },
  change({ ensure, type, interface: face, region, url }) {
    if (ensure === 'absent') {
      const call = { call: 'Remove-IdentityEndpoint', type, interface: face, region };
      return [{ do: 'call', description: `takes the ${face} endpoint out of the catalogue`, call }];
    }
    const call = { call: 'Set-IdentityEndpoint', type, interface: face, region, url };
    return [{ do: 'call', description: `names ${url} as the ${face} endpoint`, call }];
  },
};
