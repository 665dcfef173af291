import type { CharmBundle } from '../../../charm/model/charm.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { settingsOf } from '../site/settings.ts';

/** Where Storage Spaces Direct puts the first volume. */
const volume = 'C:\\ClusterStorage\\Volume1\\images';

/** What bundles say of the charm of Glance. */
export const glanceBundle: CharmBundle = {
  options(deployment) {
    const { publicEndpoint, options, database } = settingsOf(deployment);
    const folder = imagesOf(deployment);
    const cap = options.DEFAULT?.image_size_cap;
    // The user and the name; the server and the password are those of the relation.
    const [, user, name] = /^[^:]+:\/\/(?:([^:@/]*)@)?[^/]+\/([^?]+)/.exec(database.connection) ?? [];
    return {
      ...(folder !== undefined && { 'filesystem-store-datadir': folder }),
      ...(publicEndpoint !== undefined && { 'os-public-hostname': new URL(publicEndpoint).hostname }),
      ...(typeof cap === 'number' && { 'image-size-cap': String(cap) }),
      ...(user && { 'database-user': decodeURIComponent(user) }),
      ...(user && name && { database: decodeURIComponent(name) }),
    };
  },
  development: {
    options: { 'database-connection': 'sqlite:///C:/ProgramData/oriel/glance/glance.sqlite' },
    without: ['shared-db'],
  },
  s2d(deployment) {
    const folder = imagesOf(deployment);
    const isCluster = folder !== undefined && /^c:\\clusterstorage\\/i.test(folder);
    return { 'filesystem-store-datadir': isCluster ? folder : volume };
  },
  port: (deployment) => settingsOf(deployment).bind.port,
};

/** The path of the store that images go to: the charm has one. */
function imagesOf(deployment: Deployment): string | undefined {
  const { stores } = settingsOf(deployment);
  const store = stores.find((one) => one.default) ?? stores[0];
  const folder = store?.share?.path ?? store?.options.filesystem_store_datadir;
  return typeof folder === 'string' ? folder : undefined;
}
