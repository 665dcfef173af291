import { type Declaration, declare } from '../../resources/model/resource.ts';
import { smbShare } from '../../resources/smb-share/resource.ts';
import { windowsFeature } from '../../resources/windows-feature/resource.ts';
import type { Deployment } from '../../site/deployment.ts';
import { declareStorage } from '../storage/shares.ts';

/** Of no component: Windows is there for all of them. */
const component = 'windows';

/** What a node needs to share folders as a file server does. */
const fileServer = 'FS-FileServer';

/** The features of Windows that the site asks for, and those that the shares of a node need; nothing that is on the node comes before them. */
export function declareFeatures(deployment: Deployment): readonly Declaration[] {
  const sharing = new Set(
    declareStorage(deployment).flatMap(({ node, resource }) => (resource === smbShare ? [node] : [])),
  );
  return deployment.nodes.flatMap(({ name: node, windowsFeatures }) => {
    const spec = new Set([...(sharing.has(node) ? [fileServer] : []), ...windowsFeatures]);
    return [...spec].map((name) =>
      declare({ resource: windowsFeature, component, node, name, needs: [], spec: { name } }),
    );
  });
}
