import type { DirectoryAccess } from '../../node/access.ts';
import type { StandIn } from '../../node/backing.ts';
import { clusterOf } from '../cmdlet/cluster-state.ts';

/** Who has access to a file or directory of a node; of the folder behind a share it is what the model says, where it says so. */
export function accessOf(node: StandIn, path: string): DirectoryAccess {
  const folder = clusterOf(node).shares.find(({ Path }) => Path.toLowerCase() === path.toLowerCase())?.folder;
  if (!folder) return node.backing.access(path);
  return {
    ...folder,
    accounts: folder.accounts.map(({ inherited = false, ...each }) => ({ ...each, inherited })),
  };
}

/** The name that the agent has for an account whose name is of another language: it goes by the SID. */
export function englishName(node: StandIn, account: string): string {
  const entries = clusterOf(node).shares.flatMap(({ access }) => access);
  const { sid } = entries.find(({ AccountName }) => AccountName === account) ?? {};
  return sid === 'WD' ? 'Everyone' : account;
}
