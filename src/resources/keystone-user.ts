import type { Text } from '../site/deployment.ts';
import type { IdentityAnswer } from './identity-answers.ts';
import type { Resource } from './resource.ts';

export interface KeystoneUser {
  readonly name: string;
  readonly domain: string;
  readonly password: Text;
}

/**
 * A user of the identity service. Its password cannot be read back: it is tried, which is what the user's own program will do.
 */
export const keystoneUser: Resource<KeystoneUser> = {
  kind: 'keystone-user',
  reasons: { accepted: 'has another password' },
  desired: () => ({ exists: true, enabled: true, accepted: true }),
  // In a call of this session a secret stays one until it is sent.
  observe: ({ name, domain, password }) => [{ call: 'Get-IdentityUser', name, domain, password }],
  read(_, [result]) {
    const { exists, enabled = null, accepted = null } = result as IdentityAnswer<'Get-IdentityUser'>;
    return { exists, enabled, accepted };
  },
  change({ name, domain, password }) {
    const call = { call: 'Set-IdentityUser', name, domain, password };
    return [{ do: 'call', says: `sets the user ${name} of domain ${domain}`, call }];
  },
};
