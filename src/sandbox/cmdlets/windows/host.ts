import type { Host } from '../../cluster/model/host.ts';
import type { StandIn } from '../../node/backing.ts';
import { clusterOf } from '../cmdlet/cluster-state.ts';

/** What a node of the sandbox says that it is. */
export function hostOf(node: StandIn): Host {
  return clusterOf(node).host;
}
