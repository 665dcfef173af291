import { folderQuota } from '../../resources/folder-quota/resource.ts';
import { type Declaration, declare } from '../../resources/model/resource.ts';
import { smbShare } from '../../resources/smb-share/resource.ts';
import { windowsFeature } from '../../resources/windows-feature/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import { declareStorage } from '../storage/shares.ts';

/** Of no component: Windows is there for all of them. */
const component = 'windows';

/** What a node needs to share folders as a file server does. */
const fileServer = 'FS-FileServer';
/** What limits folders, and the cmdlets of it. */
const resourceManager = ['FS-Resource-Manager', 'RSAT-FSRM-Mgmt'];

/** The features of Windows that the site asks for, and those that the shares of a node need; nothing that is on the node comes before them. */
export function declareFeatures(deployment: Deployment): readonly Declaration[] {
  const storage = declareStorage(deployment);
  const nodesWith = (kind: string): ReadonlySet<string> =>
    new Set(storage.flatMap(({ node, resource }) => (resource.kind === kind ? [node] : [])));
  const [sharing, limiting] = [nodesWith(smbShare.kind), nodesWith(folderQuota.kind)];
  return deployment.nodes.flatMap(({ name: node, windowsFeatures }) => {
    const spec = new Set([
      ...(sharing.has(node) ? [fileServer] : []),
      ...(limiting.has(node) ? resourceManager : []),
      ...windowsFeatures,
    ]);
    return [...spec].map((name) =>
      declare({ resource: windowsFeature, component, node, name, needs: [], spec: { name } }),
    );
  });
}
