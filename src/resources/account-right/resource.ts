import type { AgentResults } from '../../session/agent-link/agent-calls.ts';
import { sameAccount } from '../accounts/account.ts';
import type { Resource } from '../model/resource.ts';

export interface AccountRight {
  readonly ensure: 'present' | 'absent';
  readonly account: string;
  /** As Windows names its constant: `SeServiceLogonRight`. */
  readonly right: string;
}

/** A right that an account has on the node by its local policy. What others have is left as it is. */
export const accountRight: Resource<AccountRight> = {
  kind: 'account-right',
  identity: ({ account, right }) => ({ account, right }),
  desired: ({ ensure }) => ({ exists: ensure === 'present' }),
  observe: ({ right }) => [{ call: 'Get-AccountRight', right }],
  read({ account }, [result]) {
    const { accounts } = result as AgentResults['Get-AccountRight'];
    return { exists: accounts.some((each) => sameAccount(each, account)) };
  },
  change({ ensure, account, right }) {
    const call = {
      call: ensure === 'present' ? 'Grant-AccountRight' : 'Revoke-AccountRight',
      right,
      account,
    };
    const description =
      ensure === 'present' ? `gives ${account} the right ${right}` : `takes ${right} from ${account}`;
    return [{ do: 'call', description, call }];
  },
};
