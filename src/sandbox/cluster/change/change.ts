import type { Cluster } from '../model/cluster.ts';
import type { Host } from '../model/host.ts';
import type { ClusterShare, SmbClient } from '../model/smb.ts';
import type { ClusterVolume } from '../model/storage.ts';

/** What becomes of a cluster. */
export type Change = (cluster: Cluster) => Cluster;

/** One after the other. */
export const all =
  (...changes: readonly Change[]): Change =>
  (cluster) =>
    changes.reduce((before, change) => change(before), cluster);

/** Other values of the cluster itself. */
export const set =
  (values: Partial<Cluster>): Change =>
  (cluster) => ({ ...cluster, ...values });

type Lists = {
  readonly [K in keyof Cluster as Cluster[K] extends readonly object[] ? K : never]: Cluster[K];
};
type Item<K extends keyof Lists> = Lists[K] extends readonly (infer T extends object)[] ? T : never;

/** Other values of the things of a list that are meant: by default all. */
export function change<K extends keyof Lists>(
  list: K,
  values: Partial<Item<K>>,
  isMeant: (item: Item<K>, index: number) => boolean = () => true,
): Change {
  return (cluster) => {
    const items = cluster[list] as unknown as readonly Item<K>[];
    const changed = items.map((item, index) => (isMeant(item, index) ? { ...item, ...values } : item));
    return { ...cluster, [list]: changed };
  };
}

/** One more of a list. */
export function add<K extends keyof Lists>(list: K, ...items: readonly Item<K>[]): Change {
  return (cluster) => ({
    ...cluster,
    [list]: [...(cluster[list] as unknown as readonly Item<K>[]), ...items],
  });
}

/** Without the things of a list that are meant. */
export function remove<K extends keyof Lists>(
  list: K,
  isMeant: (item: Item<K>) => boolean = () => true,
): Change {
  return (cluster) => ({
    ...cluster,
    [list]: (cluster[list] as unknown as readonly Item<K>[]).filter((item) => !isMeant(item)),
  });
}

export const share = (values: Partial<ClusterShare>): Change => change('shares', values);
export const client = (values: Partial<SmbClient>): Change => change('clients', values);
export const volume = (values: Partial<ClusterVolume>): Change => change('volumes', values);

/** Other values of what nodes say of themselves. */
export const host =
  (values: Partial<Host>): Change =>
  (cluster) => ({ ...cluster, host: { ...cluster.host, ...values } });

/** Another health of the virtual disk of each volume. */
export const disk =
  (values: Partial<ClusterVolume['disk']>): Change =>
  (cluster) => ({
    ...cluster,
    volumes: cluster.volumes.map((each) => ({ ...each, disk: { ...each.disk, ...values } })),
  });

/** Other values of the volume on it. */
export const fileSystem =
  (values: Partial<ClusterVolume['volume']>): Change =>
  (cluster) => ({
    ...cluster,
    volumes: cluster.volumes.map((each) => ({ ...each, volume: { ...each.volume, ...values } })),
  });
