import { stat } from 'node:fs/promises';
import type { AgentParameters, AgentResults } from '../../../session/agent-link/agent-calls.ts';
import type { StandIn } from '../../node/backing.ts';
import { knownAccount } from '../accounts/known-account.ts';
import type { AgentFunctions } from '../call/function.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

type StoredShare = AgentResults['Get-ShareState'];
type Access = AgentParameters['Set-ShareAccess']['access'];

interface StoredShareName {
  readonly name: string;
  readonly scope?: string | undefined;
}

export const shareFunctions = {
  'Get-ShareState': async (share, { node }) => find(node, share) ?? { exists: false },

  'New-Share': async ({ name, scope, access, ...given }, { node }) => {
    const folder = await stat(node.backing.hostPath(given.path)).catch(() => undefined);
    if (!folder?.isDirectory())
      throw new AgentFailure('Windows System Error 2', `there is no ${given.path}`, 'InvalidResult');
    if (find(node, { name, scope }))
      throw new AgentFailure('Windows System Error 2118', `${name} is shared already`, 'ResourceExists');
    keep(node, { name, scope }, { exists: true, ...given, cachingMode: 'None', access: known(access) });
    return null;
  },

  'Set-Share': async ({ name, scope, ...given }, { node }) => {
    keep(node, { name, scope }, { ...existing(node, { name, scope }), ...given, cachingMode: 'None' });
    return null;
  },

  'Set-ShareAccess': async ({ name, scope, access }, { node }) => {
    const entries = known(access);
    keep(node, { name, scope }, { ...existing(node, { name, scope }), access: entries });
    return null;
  },

  'Remove-Share': async (share, { node }) => {
    const removed = find(node, share) !== undefined;
    if (removed) keep(node, share, undefined);
    return { removed };
  },
} satisfies Partial<AgentFunctions>;

function known(access: Access): Access {
  return access.map(({ account, rights }) => ({ account: knownAccount(account), rights }));
}

/** Name and scope together name a share. */
function key({ name, scope = '*' }: StoredShareName): string {
  return `${scope}\\${name}`;
}

function find({ backing: { memory } }: StandIn, share: StoredShareName): StoredShare | undefined {
  return memory.get('smb-share', key(share)) as StoredShare | undefined;
}

function existing(node: StandIn, share: StoredShareName): StoredShare {
  const found = find(node, share);
  if (found) return found;
  throw new AgentFailure('ShareNotFound', `there is no share ${share.name}`, 'ObjectNotFound');
}

function keep(
  { backing: { memory } }: StandIn,
  share: StoredShareName,
  state: StoredShare | undefined,
): void {
  memory.set('smb-share', key(share), state);
}
