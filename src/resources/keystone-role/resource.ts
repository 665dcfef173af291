import type { IdentityAnswer } from '../../identity/answers.ts';
import type { IdentityRole } from '../../identity/specs.ts';
import type { Resource } from '../model/resource.ts';

export interface KeystoneRole extends IdentityRole {
  readonly ensure: 'present' | 'absent';
}

/** The role that a user has in a project. For one to have it, user, project and role have to be there. */
export const keystoneRole: Resource<KeystoneRole> = {
  kind: 'keystone-role',
  identity: ({ ensure: _, ...assignment }) => assignment,
  desired: ({ ensure }) => ({ exists: ensure === 'present' }),
  observe: ({ ensure: _, ...assignment }) => [{ call: 'Get-IdentityRole', ...assignment }],
  read({ ensure, user, project, role }, [result]) {
    const found = result as IdentityAnswer<'Get-IdentityRole'>;
    const named = { user, project, role };
    const missing = (['user', 'project', 'role'] as const).find((thing) => !found[thing]);
    if (missing === undefined || ensure === 'absent') return { exists: found.assigned };
    const what = `${missing} ${named[missing]}`;
    return {
      unreadable: `Keystone has no ${what}`,
      remedy: `make it: openstack ${missing} create ${named[missing]}`,
    };
  },
  change({ ensure, ...assignment }) {
    const { user, project, role } = assignment;
    const [verb, description] =
      ensure === 'present'
        ? ['Grant', `gives ${user} the role ${role} in ${project}`]
        : ['Revoke', `takes the role ${role} in ${project} from ${user}`];
    return [{ do: 'call', description, call: { call: `${verb}-IdentityRole`, ...assignment } }];
  },
};
