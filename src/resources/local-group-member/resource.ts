import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { sameAccount } from '../accounts/account.ts';
import type { Resource } from '../model/resource.ts';

export interface LocalGroupMember {
  readonly ensure: 'present' | 'absent';
  /** A group of this computer; those of Windows itself by their English name. */
  readonly group: string;
  readonly account: string;
}

/** That an account is a member of a local group, itself and not by another group. Other members are left as they are. */
export const localGroupMember: Resource<LocalGroupMember> = {
  kind: 'local-group-member',
  identity: ({ group, account }) => ({ group, account }),
  desired: ({ ensure }) => ({ exists: ensure === 'present' }),
  observe: ({ group }) => [{ call: 'Get-GroupMember', group }],
  read({ ensure, group, account }, [result]) {
    const { exists, members = [] } = result as AgentResults['Get-GroupMember'];
    if (exists || ensure === 'absent') return { exists: members.some((each) => sameAccount(each, account)) };
    return { unreadable: `there is no local group ${group}`, remedy: 'make the group, or name another one' };
  },
  change({ ensure, group, account }) {
    const call = { call: ensure === 'present' ? 'Add-GroupMember' : 'Remove-GroupMember', group, account };
    const description =
      ensure === 'present' ? `adds ${account} to ${group}` : `takes ${account} out of ${group}`;
    return [{ do: 'call', description, call }];
  },
};
