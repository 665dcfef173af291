import type { IdentityAnswer } from './identity-answers.ts';
import type { Resource } from './resource.ts';

export interface KeystoneRole {
  readonly user: string;
  readonly userDomain: string;
  readonly project: string;
  readonly projectDomain: string;
  readonly role: string;
}

/** The role that a user has in a project. User, project and role have to be there. */
export const keystoneRole: Resource<KeystoneRole> = {
  kind: 'keystone-role',
  desired: () => ({ exists: true }),
  observe: (wanted) => [{ call: 'Get-IdentityRole', ...wanted }],
  read({ user, project, role }, [result]) {
    const found = result as IdentityAnswer<'Get-IdentityRole'>;
    const named = { user, project, role };
    const missing = (['user', 'project', 'role'] as const).find((thing) => !found[thing]);
    if (missing === undefined) return { exists: found.assigned };
    const what = `${missing} ${named[missing]}`;
    return {
      unreadable: `Keystone has no ${what}`,
      remedy: `make it: openstack ${missing} create ${named[missing]}`,
    };
  },
  change(wanted) {
    const { user, project, role } = wanted;
    const call = { call: 'Grant-IdentityRole', ...wanted };
    return [{ do: 'call', says: `gives ${user} the role ${role} in ${project}`, call }];
  },
};
