import type { IdentityAnswer } from './identity-answers.ts';
import type { Resource } from './resource.ts';

export interface KeystoneService {
  /** `image`: there is one service of a type. */
  readonly type: string;
  readonly name: string;
  readonly description: string;
}

/** A service in the catalogue of the identity service. */
export const keystoneService: Resource<KeystoneService> = {
  kind: 'keystone-service',
  desired: ({ name, description }) => ({ exists: true, name, description, enabled: true }),
  observe: ({ type }) => [{ call: 'Get-IdentityService', type }],
  read(_, [result]) {
    const { exists, name, description, enabled } = result as IdentityAnswer<'Get-IdentityService'>;
    return { exists, name: name ?? null, description: description ?? null, enabled: enabled ?? null };
  },
  change({ type, name, description }) {
    const call = { call: 'Set-IdentityService', type, name, description };
    return [{ do: 'call', says: `puts the service ${name} into the catalogue`, call }];
  },
};
