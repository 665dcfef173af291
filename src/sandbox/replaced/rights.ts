import { z } from 'zod';
import { keepHolders, rightsOf } from '../agent/accounts/account-right.ts';
import { type Cmdlet, cmdlet } from '../cmdlets/cmdlet/cmdlet.ts';

/** What secedit.exe exports and configures of the rights of accounts. */
export const rightQuestions: Readonly<Record<string, Cmdlet>> = {
  'Get-SandboxRight': cmdlet(z.strictObject({}), (_, node) =>
    rightsOf(node).map(({ right, accounts }) => ({ Right: right, Accounts: accounts })),
  ),

  'Set-SandboxRight': cmdlet(
    z.strictObject({ Right: z.string(), Accounts: z.array(z.string()) }),
    ({ Right, Accounts }, node) => {
      keepHolders(node, Right, Accounts);
      return [];
    },
  ),
};
