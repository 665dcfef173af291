import type { Deployment, NodeSettings, Share } from '../../../../site/deployment.ts';
import { shareNode } from '../../../../site/grammar/share-node.ts';
import type { StorageUse, Subject } from '../model/check.ts';
import { identityOf } from '../shares/find-share.ts';

/** Every storage node may be of the cluster that has a clustered share; one that is alone is found by the path. */
export function serversOf(share: Share, { nodes }: Pick<Deployment, 'nodes'>): readonly NodeSettings[] {
  const storage = nodes.filter(({ roles }) => roles.includes('storage'));
  if (share.kind !== 'smb' || share.scope !== undefined) return storage;
  const only = shareNode(share.path, storage);
  return only ? [only] : [];
}

/** What a check knows of a share, whichever node it asks. */
export function aboutShare(
  share: Share,
  { shares, nodes, limits }: Deployment,
  uses: readonly StorageUse[],
): Omit<Subject, 'node'> {
  const scopes = Object.values(shares)
    .filter(({ kind }) => kind !== 'csv')
    .map((one) => identityOf(one).scope)
    .filter((scope) => scope !== '*');
  return { share, uses, scopes, nodes, limits };
}
