import { settle, work } from '../../cluster/change/actions.ts';
import type { Change } from '../../cluster/change/change.ts';
import { changeOf } from '../../cluster/faults/index.ts';
import type { Cluster } from '../../cluster/model/cluster.ts';
import type { StandIn } from '../../node/backing.ts';
import { faultNames } from '../../node/faults.ts';
import { withRunningTasks } from '../../tasks/open-files.ts';

const kind = 'cluster';
/** How often somebody has asked for the jobs. */
const steps = 'job-steps';

/** The cluster of a sandbox as it is now: that of the scenario, with what was done to it, as the faults that are on leave it. */
export function clusterOf(node: StandIn): Cluster {
  const changes = faultNames.filter(node.faults.isOn).flatMap((fault) => changeOf(fault) ?? []);
  const faulty = [...changes, work(stepsOf(node))].reduce(
    (cluster, change) => change(cluster),
    withRunningTasks(withoutFaults(node), node),
  );
  return JSON.parse(JSON.stringify(faulty).replaceAll('{computer}', node.computer)) as Cluster;
}

/** Does something to the cluster, for all nodes; faults come on top of it again. */
export function changeCluster(node: StandIn, change: Change): void {
  node.shared.set(kind, 'now', change(withoutFaults(node)));
}

/** Jobs begin anew. */
export function restartJobs({ shared }: StandIn): void {
  shared.set(kind, steps, 0);
}

/** After an answer: the model has no clock, so what is under way goes on when somebody has looked at it. */
export function goOn(node: StandIn, cmdlet: string): void {
  const asked = cmdlet.toLowerCase();
  if (asked === 'get-storagejob' && clusterOf(node).jobs.length > 0)
    node.shared.set(kind, steps, stepsOf(node) + 1);
  if (
    asked === 'get-clusternode' &&
    clusterOf(node).nodes.some(({ DrainStatus }) => DrainStatus === 'InProgress')
  )
    changeCluster(node, settle);
}

function stepsOf({ shared }: StandIn): number {
  return (shared.get(kind, steps) as number | undefined) ?? 0;
}

function withoutFaults({ scenario, shared }: StandIn): Cluster {
  return (shared.get(kind, 'now') as Cluster | undefined) ?? scenario.cluster;
}
