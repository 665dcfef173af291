import type { IdentityAnswer } from '../../identity/answers.ts';
import type { IdentityUser } from '../../identity/specs.ts';
import type { Resource } from '../model/resource.ts';

export interface KeystoneUser extends IdentityUser {
  readonly ensure: 'present' | 'absent';
}

/**
 * A user of the identity service. Its password cannot be read back: it is tried, which is what the user's own program will do.
 */
export const keystoneUser: Resource<KeystoneUser> = {
  kind: 'keystone-user',
  reasons: { accepted: 'has another password' },
  identity: ({ name, domain }) => ({ name, domain }),
  desired: ({ ensure }) =>
    ensure === 'present' ? { exists: true, enabled: true, accepted: true } : { exists: false },
  // In a call of this session a secret stays one until it is sent. Nobody tries the password of a user who is to go.
  observe: ({ ensure, name, domain, password }) => [
    { call: 'Get-IdentityUser', name, domain, ...(ensure === 'present' && { password }) },
  ],
  read(_, [result]) {
    const { exists, enabled = null, accepted = null } = result as IdentityAnswer<'Get-IdentityUser'>;
    return { exists, enabled, accepted };
  },
  change({ ensure, name, domain, password }) {
    if (ensure === 'absent') {
      const call = { call: 'Remove-IdentityUser', name, domain };
      return [{ do: 'call', description: `removes the user ${name} of domain ${domain}`, call }];
    }
    const call = { call: 'Set-IdentityUser', name, domain, password };
    return [{ do: 'call', description: `sets the user ${name} of domain ${domain}`, call }];
  },
};
