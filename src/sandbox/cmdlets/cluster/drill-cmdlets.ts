import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import {
  drain,
  moveClient,
  moveGroup,
  moveVolume,
  pause,
  resume,
  startNode,
  stopNode,
  successorOf,
} from '../../cluster/change/actions.ts';
import type { Change } from '../../cluster/change/change.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { changeCluster, clusterOf, restartJobs } from '../cmdlet/cluster-state.ts';
import { type Cmdlet, cmdlet, notFound, texts } from '../cmdlet/cmdlet.ts';
import { scenarioRows } from '../cmdlet/scenario.ts';

const given = z.looseObject({
  Name: texts.optional(),
  Node: z.string().optional(),
  Drain: z.boolean().optional(),
  ForceDrain: z.boolean().optional(),
  Wait: z.union([z.boolean(), z.number()]).optional(),
});
const witness = z.looseObject({ ClientName: z.string(), DestinationNode: z.string() });

type Given = z.infer<typeof given>;
type Question = 'Get-ClusterGroup' | 'Get-ClusterNode' | 'Get-ClusterSharedVolume';

/** The cmdlets of a drill: they change the cluster for all nodes. */
export const drillCmdlets: Readonly<Record<string, Cmdlet>> = {
  'Move-ClusterGroup': acting('Get-ClusterGroup', (node, name, { Node }) =>
    moveGroup(name, targetOf(node, Node, 'Get-ClusterGroup', name)),
  ),
  'Move-ClusterSharedVolume': acting('Get-ClusterSharedVolume', (node, name, { Node }) =>
    moveVolume(name, targetOf(node, Node, 'Get-ClusterSharedVolume', name)),
  ),
  'Suspend-ClusterNode': acting('Get-ClusterNode', (node, name, { Drain, ForceDrain, Wait }) => {
    if (!Drain && !ForceDrain) return pause(name);
    refuseUnsafe(node, name, ForceDrain ?? false);
    return drain(name, Wait ? 'Completed' : 'InProgress');
  }),
  'Resume-ClusterNode': acting('Get-ClusterNode', (_, name) => resume(name)),
  'Stop-ClusterNode': acting('Get-ClusterNode', (_, name) => stopNode(name)),
  'Start-ClusterNode': acting('Get-ClusterNode', (node, name) => {
    restartJobs(node);
    return startNode(name);
  }),
  'Move-SmbWitnessClient': cmdlet(witness, ({ ClientName, DestinationNode }, node) => {
    const rows = scenarioRows(node, 'Get-SmbWitnessClient');
    if (!rows.some((row) => same(String(row.ClientName), ClientName)))
      throw notFound('Move-SmbWitnessClient', ClientName);
    changeCluster(node, moveClient(clientName(node, ClientName), upNode(node, DestinationNode)));
    return [];
  }),
};

/** A cmdlet that does something to each thing that it is given, by name or piped, and prints it as it is then. */
function acting(question: Question, change: (node: StandIn, name: string, given: Given) => Change): Cmdlet {
  const run = cmdlet(given, (parameters, node) =>
    (parameters.Name ?? [node.computer]).flatMap((wanted) => {
      const name = String(existing(node, question, wanted).Name);
      changeCluster(node, change(node, name, parameters));
      return [existing(node, question, name)];
    }),
  );
  return ({ InputObject, ...others }, node) => {
    const piped = z.object({ Name: z.string() }).safeParse(InputObject).data;
    return run({ ...piped, ...others }, node);
  };
}

function existing(node: StandIn, question: Question, name: string): CmdletRow {
  const found = scenarioRows(node, question).find((row) => same(String(row.Name), name));
  if (found) return found;
  throw new AgentFailure('ClusterObjectNotFound', `${name} was not found in the cluster`, 'ObjectNotFound');
}

/** Without a node it is the one that the cluster thinks best. */
function targetOf(node: StandIn, wanted: string | undefined, question: Question, name: string): string {
  if (wanted !== undefined) return upNode(node, wanted);
  const owner = String(existing(node, question, name).OwnerNode);
  return successorOf(clusterOf(node), owner) ?? owner;
}

function upNode(node: StandIn, name: string): string {
  const { Name, State } = existing(node, 'Get-ClusterNode', name);
  if (State === 'Up') return String(Name);
  const message = `The cluster node '${name}' is ${String(State).toLowerCase()} and can take nothing over.`;
  throw new AgentFailure('ClusterNodeNotAvailable', message, 'InvalidOperation');
}

/** A cluster does not give away a node without which it would lose data, unless it is forced to. */
function refuseUnsafe(node: StandIn, name: string, isForced: boolean): void {
  const cluster = clusterOf(node);
  const unhealthy = cluster.volumes.filter(({ disk }) => disk.HealthStatus !== 'Healthy');
  const alone = successorOf(cluster, name) === undefined;
  if (!alone && (unhealthy.length === 0 || isForced)) return;
  const why = alone
    ? 'no other node is up'
    : `the virtual disk ${unhealthy[0]?.disk.FriendlyName} is not healthy`;
  throw new AgentFailure(
    'ClusterNodeDrainFailed',
    `The node ${name} cannot be drained: ${why}.`,
    'InvalidOperation',
  );
}

/** The model names whoever asks by a placeholder. */
function clientName({ computer }: StandIn, name: string): string {
  return same(computer, name) ? '{computer}' : name;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
