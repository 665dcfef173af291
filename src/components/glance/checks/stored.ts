import type { Deployment, Share } from '../../../site/deployment.ts';
import { shareNode, uncOf } from '../../../site/grammar/share-node.ts';
import { checkId, skip } from '../../../verify/check.ts';
import { compareStored } from '../../../verify/checks/storage/files/stored-file.ts';
import { serversOf } from '../../../verify/checks/storage/run/servers.ts';
import { settingsOf } from '../site/settings.ts';
import { contentDigests } from './content.ts';
import type { ImageProof } from './round-trip.ts';
import { uploadIn } from './upload.ts';

/** Looks at the file of an image where the data is: the share has to hold exactly what was sent. */
export function storedFile(deployment: Deployment): ImageProof {
  const { stores } = settingsOf(deployment);
  return ({ from: { service: user }, store, id }) => {
    const own = stores.find((each) => (store === undefined ? each.default : each.name === store));
    if (!own?.share) return [];
    const { share } = own;
    const node = asked(deployment, share, user);
    const name = ['stored', user, ...(store === undefined ? [] : [store])];
    return [
      {
        ...{ id: checkId(node ?? user, 'glance', ...name), node: node ?? user, needs: [id('upload')] },
        title: 'compare the file of the image on the share with what was sent',
        why: 'The store may say what it was told to keep: the other side of the share has what is really there.',
        remedy:
          'see the events of the server and its disks, and STO-36; do not trust uploads before it passes',
        async run(context) {
          if (node === undefined)
            return skip(`the site names no node of ${uncOf(share.path).server}: give one the role storage`);
          const { image, bytes, format } = uploadIn(context.evidence(id('upload')), user);
          const sha256 = contentDigests({ image, format }, bytes, ['sha256']).hashes.sha256 ?? '';
          return compareStored({ deployment, share, node, file: { name: image, bytes, sha256 } }, context);
        },
      },
    ];
  };
}

/** A node of the cluster opens the volume itself; a share is looked at where it is. */
function asked(deployment: Deployment, share: Share, user: string): string | undefined {
  return share.kind === 'csv' ? user : shareNode(share.path, serversOf(share, deployment))?.name;
}
