import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { type Cmdlet, cmdlet, texts } from '../cmdlet/cmdlet.ts';
import { keepShare, keyOf, type Share, type ShareEntry } from './shares.ts';
import { targetParameters, targetsOf } from './targets.ts';

const targets = z.strictObject(targetParameters);
const accounts = z.strictObject({ ...targetParameters, AccountName: texts.optional() });
const granted = accounts.extend({ AccessRight: z.enum(['Full', 'Change', 'Read', 'Custom']).optional() });

export const shareAccessCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Get-SmbShareAccess': cmdlet(targets, (parameters, node) =>
    targetsOf(node, 'Get-SmbShareAccess', parameters).flatMap(accessRows),
  ),

  'Grant-SmbShareAccess': cmdlet(granted, ({ AccessRight = 'Read', ...parameters }, node) => {
    if (AccessRight === 'Custom')
      throw new AgentFailure('Windows System Error 87', 'The parameter is incorrect.', 'InvalidArgument');
    const rights: ShareEntry['rights'] = AccessRight;
    return changed(node, 'Grant-SmbShareAccess', parameters, (access, account) => [
      ...without(access, account, false),
      { account, rights },
    ]);
  }),

  'Revoke-SmbShareAccess': cmdlet(accounts, (parameters, node) =>
    changed(node, 'Revoke-SmbShareAccess', parameters, (access, account) => without(access, account, false)),
  ),

  'Block-SmbShareAccess': cmdlet(accounts, (parameters, node) =>
    changed(node, 'Block-SmbShareAccess', parameters, (access, account) => [
      { account, rights: 'Full', deny: true },
      ...without(access, account, true),
    ]),
  ),

  'Unblock-SmbShareAccess': cmdlet(accounts, (parameters, node) =>
    changed(node, 'Unblock-SmbShareAccess', parameters, (access, account) => without(access, account, true)),
  ),
};

type Change = (access: readonly ShareEntry[], account: string) => readonly ShareEntry[];

/** Changes the access of each share for each account; gives the entries that each has then. */
function changed(
  node: StandIn,
  cmdlet: string,
  { AccountName = [], ...wanted }: z.infer<typeof accounts>,
  change: Change,
): readonly CmdletRow[] {
  return targetsOf(node, cmdlet, wanted).flatMap((share) => {
    const after = { ...share, access: AccountName.reduce(change, share.access) };
    keepShare(node, after);
    return accessRows(after);
  });
}

/** The entries that allow, or deny, something to others than this account. */
function without(access: readonly ShareEntry[], account: string, denied: boolean): readonly ShareEntry[] {
  const same = (entry: ShareEntry): boolean => entry.account.toLowerCase() === account.toLowerCase();
  return access.filter((entry) => !same(entry) || (entry.deny ?? false) !== denied);
}

function accessRows(share: Share): readonly CmdletRow[] {
  const { name, scope } = keyOf(share);
  return share.access.map(({ account, rights, deny }) => ({
    Name: name,
    ScopeName: scope,
    AccountName: account,
    AccessControlType: deny ? 'Deny' : 'Allow',
    AccessRight: rights,
  }));
}
