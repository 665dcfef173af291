import type { Reference } from '../model/reference.ts';
import type { AccountRight } from './resource.ts';

export const accountRightReference: Reference<AccountRight> = {
  about:
    'A right that an account has on the node by its local policy; an account that is not part of Windows needs `SeServiceLogonRight` to run a service. What others have is left as it is. Where a policy of the domain names the right, that one wins: the right is missing again after the next refresh, and `drift` says so.',
  spec: {
    ensure: '`present` or `absent`',
    account: 'whose right it is',
    right: 'the constant of Windows: `SeServiceLogonRight`',
  },
  observed: { exists: 'whether the account has it, itself and not by a group' },
  examples: [
    { ensure: 'present', account: 'EXAMPLE\\clock$', right: 'SeServiceLogonRight' },
    { ensure: 'absent', account: 'EXAMPLE\\clock$', right: 'SeServiceLogonRight' },
  ],
};
