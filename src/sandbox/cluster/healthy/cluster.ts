import type { Cluster } from '../model/cluster.ts';
import { failover } from './failover.ts';
import { host } from './host.ts';
import { smb } from './smb.ts';
import { storage } from './storage.ts';

/** A two-node Storage Spaces Direct cluster in good health, with the share `\\SOFS1\images` on its scale-out file server. */
export const wholeCluster: Cluster = { ...failover, ...storage, ...smb, host };
