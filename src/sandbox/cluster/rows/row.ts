import type { Cluster } from '../model/cluster.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What a cmdlet prints of the cluster where nothing selects. */
export type Rows = (cluster: Cluster) => readonly Row[];
