import type { Reference } from '../model/reference.ts';
import type { LocalGroupMember } from './resource.ts';

export const localGroupMemberReference: Reference<LocalGroupMember> = {
  about:
    'That an account is a member of a group of the node, itself and not by another group. Other members stay as they are.',
  spec: {
    ensure: '`present` or `absent`',
    group: 'the group; those of Windows itself by their English name',
    account: 'the member',
  },
  observed: { exists: 'whether it is a member' },
  examples: [
    { ensure: 'present', group: 'Performance Log Users', account: 'EXAMPLE\\clock$' },
    { ensure: 'absent', group: 'Performance Log Users', account: 'EXAMPLE\\clock$' },
  ],
};
