import { type AccessEntry, directory } from '../../resources/directory/resource.ts';
import { folderAttributes } from '../../resources/folder-attributes/resource.ts';
import { folderQuota } from '../../resources/folder-quota/resource.ts';
import { type Declaration, declare, idOf } from '../../resources/model/resource.ts';
import { type ShareAccess, smbShare } from '../../resources/smb-share/resource.ts';
import { storageVolume } from '../../resources/storage-volume/resource.ts';
import type { Deployment, NodeSettings, Share } from '../../site/deployment.ts';
import { shareNode, uncOf } from '../../site/grammar/share-node.ts';

/** Of no component: every one may use a share. */
const component = 'storage';

/** Who looks after the files of a share on its node, beside those that the site names. */
const keepers: readonly AccessEntry[] = [
  { account: 'NT AUTHORITY\\SYSTEM', rights: 'FullControl' },
  { account: 'BUILTIN\\Administrators', rights: 'FullControl' },
];

/** The nodes that make shares, in the order of the site file. */
export function storageNodes(deployment: Deployment): readonly NodeSettings[] {
  return deployment.nodes.filter(({ roles }) => roles.includes('storage'));
}

/**
 * The shares that the site leaves to us, each on one node: the folder, who has access to it, and the share. A cluster shared volume
 * has no share: its nodes open the folder itself. Of a site without the node that makes a share there is nothing of it.
 */
export function declareStorage(deployment: Deployment): readonly Declaration[] {
  const declared = managed(deployment).flatMap(({ share, node }) => {
    const volumes = declareVolume(share, node);
    const folder = declare({
      resource: directory,
      component,
      node,
      name: share.name,
      needs: volumes.map(idOf),
      spec: { ensure: 'present', path: folderOf(share), access: folderAccess(share) },
    });
    const more = declareFolder(share, folder);
    if (share.kind === 'csv') return [...volumes, folder, ...more];
    const access = share.access.map((account): ShareAccess => ({ account, rights: 'Full' }));
    const shared = declare({
      resource: smbShare,
      component,
      node,
      name: share.name,
      needs: [folder, ...more].map(idOf),
      spec: {
        ensure: 'present',
        ...identityOf(share),
        path: folderOf(share),
        continuouslyAvailable: share.continuouslyAvailable,
        encrypt: share.encrypt,
        access,
      },
    });
    return [...volumes, folder, ...more, shared];
  });
  // A volume that has several shares is made once.
  const ids = declared.map(idOf);
  return declared.filter((_, index) => ids.indexOf(ids[index] ?? '') === index);
}

/** The volume of a share, where the site says what it is made like. */
function declareVolume(share: Share, node: string): readonly Declaration[] {
  const name = /^[A-Za-z]:\\ClusterStorage\\([^\\]+)/i.exec(folderOf(share))?.[1];
  if (!share.volume || name === undefined) return [];
  const { size, resiliency, tier } = share.volume;
  const spec = {
    name,
    size,
    resiliency: resiliency === 'mirror' ? ('Mirror' as const) : ('Parity' as const),
    ...(tier !== undefined && { tier }),
  };
  return [declare({ resource: storageVolume, component, node, name, needs: [], spec })];
}

/** What else the folder of a share has to be. */
function declareFolder(share: Share, folder: Declaration): readonly Declaration[] {
  const { node } = folder;
  const path = folderOf(share);
  const common = { component, node, name: share.name, needs: [idOf(folder)] };
  const attributes = declare({ resource: folderAttributes, ...common, spec: { path } });
  if (share.quota === undefined) return [attributes];
  return [attributes, declare({ resource: folderQuota, ...common, spec: { path, size: share.quota } })];
}

function managed(deployment: Deployment): readonly { readonly share: Share; readonly node: string }[] {
  const storage = storageNodes(deployment);
  return Object.values(deployment.shares).flatMap((share) => {
    const node = share.manage ? shareNode(share.path, storage) : undefined;
    return node ? [{ share, node: node.name }] : [];
  });
}

/** `\\sofs1.example.org\images` is `images` of the file server `sofs1`, unless the site names its scope. */
function identityOf({ path, kind, scope }: Share): { readonly name: string; readonly scope?: string } {
  const { server, share: name = '' } = uncOf(path);
  const named = scope ?? (kind === 'sofs' ? server?.split('.')[0] : undefined);
  return { name, ...(named !== undefined && { scope: named }) };
}

function folderOf({ folder, path }: Share): string {
  return folder ?? path;
}

function folderAccess({ access }: Share): readonly AccessEntry[] {
  const others = access.filter((account) => !keepers.some((one) => one.account === account));
  return [...keepers, ...others.map((account): AccessEntry => ({ account, rights: 'FullControl' }))];
}
