import { wholeCluster } from '../cluster/healthy/cluster.ts';
import type { Scenario } from '../node/backing.ts';

/** Everything is well; every cmdlet answers of the cluster. */
export const healthyCluster: Scenario = { cluster: wholeCluster, cmdlets: {}, faults: [] };
