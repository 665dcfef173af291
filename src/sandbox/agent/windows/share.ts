import type { AgentParameters, AgentResults } from '../../../session/agent-link/agent-calls.ts';
import { englishName } from '../../cmdlets/smb/folder-access.ts';
import { changeShare, makeShare } from '../../cmdlets/smb/share-cmdlets.ts';
import { findShare, keepShare, removeShare, type Share, type ShareKey } from '../../cmdlets/smb/shares.ts';
import type { StandIn } from '../../node/backing.ts';
import { knownAccount } from '../accounts/known-account.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

type Access = AgentParameters['Set-ShareAccess']['access'];

export const shareFunctions = {
  'Get-ShareState': async (share, { node }) => {
    const found = findShare(node, keyOf(share));
    return found ? stateOf(node, found) : { exists: false };
  },

  'New-Share': async ({ name, scope, access, ...given }, { node }) => {
    const entries = known(access);
    const of = (rights: Access[number]['rights']): readonly string[] =>
      entries.filter((entry) => entry.rights === rights).map(({ account }) => account);
    await makeShare(node, {
      Name: name,
      ...(scope !== undefined && { ScopeName: scope }),
      Path: given.path,
      Description: given.description,
      ...settings(given),
      FullAccess: of('Full'),
      ChangeAccess: of('Change'),
      ReadAccess: of('Read'),
    });
    return null;
  },

  'Set-Share': async (given, { node }) => {
    changeShare(node, existing(node, given), settings(given));
    return null;
  },

  'Set-ShareAccess': async ({ access, ...share }, { node }) => {
    const entries = known(access);
    keepShare(node, { ...existing(node, share), access: entries });
    return null;
  },

  'Remove-Share': async (share, { node }) => {
    const removed = findShare(node, keyOf(share)) !== undefined;
    if (removed) removeShare(node, keyOf(share));
    return { removed };
  },
} satisfies Partial<AgentFunctions>;

interface NamedShare {
  readonly name: string;
  readonly scope?: string | undefined;
}

function keyOf({ name, scope = '*' }: NamedShare): ShareKey {
  return { name, scope };
}

type Settings = Pick<AgentParameters['Set-Share'], 'continuouslyAvailable' | 'encryptData'>;

function settings({ continuouslyAvailable, encryptData }: Settings) {
  return {
    ContinuouslyAvailable: continuouslyAvailable,
    EncryptData: encryptData,
    CachingMode: 'None' as const,
  };
}

function stateOf(node: StandIn, { row, access }: Share): AgentResults['Get-ShareState'] {
  return {
    exists: true,
    path: String(row.Path),
    description: String(row.Description),
    continuouslyAvailable: row.ContinuouslyAvailable === true,
    encryptData: row.EncryptData === true,
    cachingMode: String(row.CachingMode),
    access: access.map((entry) => ({ ...entry, account: englishName(node, entry.account) })),
  };
}

function known(access: Access): Access {
  return access.map(({ account, rights }) => ({ account: knownAccount(account), rights }));
}

function existing(node: StandIn, share: NamedShare): Share {
  const found = findShare(node, keyOf(share));
  if (found) return found;
  throw new AgentFailure('ShareNotFound', `there is no share ${share.name}`, 'ObjectNotFound');
}
