import type { Change } from '../../cluster/change/change.ts';
import { changeOf } from '../../cluster/faults/index.ts';
import type { Cluster } from '../../cluster/model/cluster.ts';
import type { StandIn } from '../../node/backing.ts';
import { faultNames } from '../../node/faults.ts';

const [kind, name] = ['cluster', 'now'];

/** The cluster of a sandbox as it is now: that of the scenario, with what was done to it, as the faults that are on leave it. */
export function clusterOf(node: StandIn): Cluster {
  const changes = faultNames.filter(node.faults.isOn).flatMap((fault) => changeOf(fault) ?? []);
  const faulty = changes.reduce((cluster, change) => change(cluster), withoutFaults(node));
  return JSON.parse(JSON.stringify(faulty).replaceAll('{computer}', node.computer)) as Cluster;
}

/** Does something to the cluster, for all nodes; faults come on top of it again. */
export function changeCluster(node: StandIn, change: Change): void {
  node.shared.set(kind, name, change(withoutFaults(node)));
}

function withoutFaults({ scenario, shared }: StandIn): Cluster {
  return (shared.get(kind, name) as Cluster | undefined) ?? scenario.cluster;
}
