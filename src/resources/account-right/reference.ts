import type { Reference } from '../model/reference.ts';
import type { AccountRight } from './resource.ts';

export const accountRightReference: Reference<AccountRight> = {
  about:
    'A right that an account has on the node by its local policy. An account that is not part of Windows needs `SeServiceLogonRight` to run a service. The rights of others stay as they are. If a policy of the domain names the right, that policy wins: the right is missing again after the next refresh, and `drift` says so.',
  spec: {
    ensure: '`present` or `absent`',
    account: 'the account with the right',
    right: 'the constant of Windows: `SeServiceLogonRight`',
  },
  observed: { exists: 'whether the account has it itself, not by a group' },
  examples: [
    { ensure: 'present', account: 'EXAMPLE\\clock$', right: 'SeServiceLogonRight' },
    { ensure: 'absent', account: 'EXAMPLE\\clock$', right: 'SeServiceLogonRight' },
  ],
};
