import { cmdlet, type StorageCheck, type Subject } from '../model/check.ts';
import { drainStates, flagsOf, nodeConditions, nodeStates } from '../model/enumerations.ts';
import { failIf, judged, warnIf } from '../model/outcomes.ts';
import { quoted } from '../model/quoted.ts';
import { namedOf, rowsOf, textOf } from '../model/read.ts';

/** Why a node of this share is in no cluster. */
export function notClustered({ share }: Subject): string | undefined {
  const alone = share.kind === 'smb' && share.scope === undefined;
  return alone ? 'the share is of a server that is in no cluster' : undefined;
}

/** The nodes of the cluster, all up and none left out. */
export const members: StorageCheck = {
  id: 'STO-11',
  sides: ['server'],
  per: 'node',
  except: notClustered,
  title: 'look at the nodes of the cluster',
  why: 'A cluster with a single node left has nowhere to fail over to.',
  remedy: 'Get-ClusterNode; Start-ClusterNode or Resume-ClusterNode for those that are not Up',
  ask: () => ({ nodes: cmdlet('Get-ClusterNode', ['Name', 'State', 'StatusInformation', 'DrainStatus']) }),
  verdict(answers) {
    const nodes = rowsOf(answers, 'nodes').map((row) => ({
      name: textOf(row, 'Name'),
      state: namedOf(row, 'State', nodeStates),
      conditions: flagsOf(textOf(row, 'StatusInformation'), nodeConditions),
      drain: namedOf(row, 'DrainStatus', drainStates),
    }));
    const up = nodes.filter(({ state }) => state === 'Up');
    const each = nodes.flatMap(({ name, state, conditions, drain }) => [
      state === 'Paused'
        ? failIf(true, `${name} is Paused (drain ${drain})`, `Resume-ClusterNode -Name ${quoted(name)}`)
        : failIf(state !== 'Up', `${name} is ${state}`, `Start-ClusterNode -Name ${quoted(name)}`),
      failIf(
        conditions.includes('Quarantined'),
        `${name} is quarantined`,
        `Start-ClusterNode -Name ${quoted(name)} -ClearQuarantine`,
      ),
      failIf(
        conditions.includes('Isolated'),
        `${name} is isolated`,
        `Get-ClusterNetworkInterface -Node ${quoted(name)}`,
      ),
      warnIf(drain === 'Failed', `a drain of ${name} failed`, `Resume-ClusterNode -Name ${quoted(name)}`),
    ]);
    const few = failIf(up.length < 2, `${up.length} of ${nodes.length} nodes up, and two are needed`);
    return judged([few, ...each], `${up.length} of ${nodes.length} nodes up`, {
      nodes: nodes.map(({ name, state }) => `${name} ${state}`),
    });
  },
};
