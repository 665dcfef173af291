import type { Reference } from '../model/reference.ts';
import type { KeystoneRole } from './resource.ts';

export const keystoneRoleReference: Reference<KeystoneRole> = {
  about:
    'The role that a user has in a project. User, project and role have to be there; other roles of the user are left as they are.',
  spec: {
    ensure: '`present` or `absent`',
    user: 'name of the user',
    userDomain: 'its domain',
    project: 'name of the project',
    projectDomain: 'its domain',
    role: 'name of the role',
  },
  observed: { exists: 'whether the user has it' },
  examples: [
    {
      ensure: 'present',
      user: 'clock',
      userDomain: 'Default',
      project: 'service',
      projectDomain: 'Default',
      role: 'admin',
    },
  ],
};
