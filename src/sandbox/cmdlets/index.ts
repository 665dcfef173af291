import { AgentFailure } from '../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../node/backing.ts';
import { drillCmdlets } from './cluster/drill-cmdlets.ts';
import { makeCmdlets } from './cluster/make-cmdlets.ts';
import { withoutPiped } from './cluster/piped.ts';
import { clusterOf, goOn } from './cmdlet/cluster-state.ts';
import { type Cmdlet, notFound } from './cmdlet/cmdlet.ts';
import { refuseUnknown } from './cmdlet/parameters.ts';
import { isLiteral, selectRows } from './cmdlet/rows.ts';
import { scenarioRows } from './cmdlet/scenario.ts';
import { addressCmdlets } from './network/addresses.ts';
import { connectionCmdlets } from './network/connection.ts';
import { firewallCmdlets } from './network/firewall-cmdlets.ts';
import { shareAccessCmdlets } from './smb/access-cmdlets.ts';
import { shareCmdlets } from './smb/share-cmdlets.ts';
import { eventCmdlets } from './windows/events.ts';
import { featureCmdlets } from './windows/features.ts';
import { machineCmdlets } from './windows/machine.ts';
import { processCmdlets } from './windows/processes.ts';
import { taskCmdlets } from './windows/tasks.ts';

/** The cmdlets of a node that do something, or know what others did; of the rest the scenario says what they answer. */
const cmdlets: Readonly<Record<string, Cmdlet>> = {
  ...addressCmdlets,
  ...firewallCmdlets,
  ...shareCmdlets,
  ...shareAccessCmdlets,
  ...featureCmdlets,
  ...machineCmdlets,
  ...processCmdlets,
  ...taskCmdlets,
  ...connectionCmdlets,
  ...drillCmdlets,
  ...eventCmdlets,
  ...makeCmdlets,
};

/** Parameters that every cmdlet has, and those of every cmdlet made from CIM, in lower case: none selects a row. */
const commonParameters: ReadonlySet<string> = new Set(
  [
    ...['ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'Verbose', 'Debug'],
    ...['ErrorVariable', 'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer'],
    ...['PipelineVariable', 'WhatIf', 'Confirm', 'CimSession', 'ThrottleLimit', 'AsJob'],
  ].map((name) => name.toLowerCase()),
);

/**
 * What a cmdlet prints on a node: the stand-in and the modules of a PowerShell in Wine both ask here. `name` is in any case. Throws
 * AgentFailure with the kind (the first part of a FullyQualifiedErrorId) and the category that the real cmdlet would give.
 */
export async function answerCmdlet(
  node: StandIn,
  name: string,
  given: CmdletRow,
): Promise<readonly CmdletRow[]> {
  const known = Object.keys(cmdlets).find((each) => each.toLowerCase() === name.toLowerCase());
  const act = known === undefined ? undefined : cmdlets[known];
  const parameters = Object.fromEntries(
    Object.entries(given).filter(([key]) => !commonParameters.has(key.toLowerCase())),
  );
  await refuseUnknown(name, parameters);
  refuseOutside(node, name);
  const rows = await rowsOf(act, name, parameters, node);
  goOn(node, name);
  return rows;
}

async function rowsOf(
  act: Cmdlet | undefined,
  name: string,
  parameters: CmdletRow,
  node: StandIn,
): Promise<readonly CmdletRow[]> {
  if (act) return act(parameters, node);
  const found = selectRows(scenarioRows(node, name), withoutPiped(parameters));
  const [wanted, ...more] = [parameters.Name ?? []].flat();
  if (found.length === 0 && more.length === 0 && typeof wanted === 'string' && isLiteral(wanted))
    throw /^Get-Cluster/i.test(name) ? notInCluster(wanted) : notFound(name, wanted);
  return found;
}

/** FailoverClusters answers on a member of the cluster alone. */
function refuseOutside(node: StandIn, name: string): void {
  if (!/^(Get|Move|Suspend|Resume|Start|Stop)-Cluster/i.test(name)) return;
  if (!clusterOf(node).outside.includes(node.computer)) return;
  const message =
    'The cluster service is not running. Make sure that the service is running on all nodes in the cluster.';
  throw new AgentFailure('ClusterEndpointNotRegistered', message, 'ConnectionError');
}

function notInCluster(name: string): AgentFailure {
  return new AgentFailure('ClusterObjectNotFound', `${name} was not found in the cluster`, 'ObjectNotFound');
}
