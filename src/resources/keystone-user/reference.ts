import { Secret } from '../../secret.ts';
import type { Reference } from '../model/reference.ts';
import type { KeystoneUser } from './resource.ts';

export const keystoneUserReference: Reference<KeystoneUser> = {
  about:
    'A user of the identity service. Its password cannot be read back: it is tried, which is what its own program will do. Where the identity service locks users out, each look at a wrong one counts.',
  spec: {
    ensure: '`present` or `absent`',
    name: 'its name',
    domain: 'name of its domain',
    password: 'its password',
  },
  observed: {
    exists: 'whether it is there',
    enabled: 'whether it may log in',
    accepted: 'whether the password is its own',
  },
  examples: [
    {
      ensure: 'present',
      name: 'clock',
      domain: 'Default',
      password: new Secret('keystone_password', 'a password'),
    },
  ],
};
