import type { Check, CheckOutcome, CheckResult } from '../verify/check.ts';
import { failIf, judged } from '../verify/checks/storage/model/outcomes.ts';
import { same } from '../verify/checks/storage/model/read.ts';
import type { ClusterState } from './cluster-state.ts';
import type { Scenario, Target } from './scenario.ts';
import type { Member } from './stage.ts';

/** Checks of cluster, pool and repairs: a warning of theirs is reason enough to leave the cluster alone. */
const strict = /\/STO-1[0-8](\/|$)/;
const ofCluster = /\/STO-(1[0-8]|2[0-2])(\/|$)/;
const ofHandle = /\/STO-(29|30)(\/|$)/;
const ofClient = /\/(STO-2[78]|probe-end)(\/|$)/;

/**
 * The checks of storage that have to pass before a drill: on these nodes of the cluster those of role, nodes, witness, networks, volume,
 * pool, disks, repairs, space and share; and, where a node that uses the share is reached, whether its handle survives a fail-over.
 */
export function checksBefore(checks: readonly Check[], members: readonly Member[]): readonly Check[] {
  const nodes = new Set(members.map(({ session }) => session.node));
  const isUsed = checks.some(({ id }) => ofClient.test(id));
  const onMember = (id: string): boolean => ofCluster.test(id) || (isUsed && ofHandle.test(id));
  const chosen = checks.filter(({ id, node }) => ofClient.test(id) || (nodes.has(node) && onMember(id)));
  const ids = new Set(chosen.map(({ id }) => id));
  return chosen.map((check) => ({ ...check, needs: check.needs.filter((id) => ids.has(id)) }));
}

/** Whether the result of such a check forbids a drill. */
export function forbids({ verdict, check }: CheckResult): boolean {
  return verdict === 'fail' || (verdict === 'warn' && strict.test(`/${check}`));
}

/** What speaks against this scenario on a cluster that is as it is now; asked again right before it acts. */
export function obstacles(
  { onItself, from, what }: Target,
  state: ClusterState,
  members: readonly Member[],
  { name }: Pick<Scenario, 'name'>,
): CheckOutcome {
  const { nodes, files } = state;
  const away = nodes.filter(({ state, drain }) => state !== 'Up' || drain === 'InProgress');
  const lost = files.filter(({ server, available }) => same(server, from) && !available);
  const own = members.some(({ computer }) => same(computer, from));
  const others = members.filter(({ computer }) => !same(computer, from));
  const isMoved = name !== 'role-move';
  return judged(
    [
      failIf(nodes.length < 2, 'the cluster has one node alone, and nowhere to go', 'add a node to it'),
      ...away.map(({ name, state, drain }) =>
        failIf(true, `${name} is ${state} (drain ${drain})`, 'Get-ClusterNode: start or resume it first'),
      ),
      ...(isMoved ? lost : []).map(({ path, client }) =>
        failIf(
          true,
          `${path} is open for ${client} without continuous availability: it would be lost`,
          'STO-22; Get-SmbOpenFile shows whose it is; the drill may begin when it is closed',
        ),
      ),
      failIf(
        onItself === true && !own,
        `${from} is no node of the site: only on itself can its cluster service be stopped and started`,
        'give it an entry with the role storage',
      ),
      failIf(
        onItself === true && others.length === 0,
        'nobody could watch: the site names no other node of the cluster',
        'give another one an entry with the role storage',
      ),
    ],
    `all ${nodes.length} nodes are Up, and ${what} may go`,
    { nodes: nodes.map(({ name, state }) => `${name} ${state}`), files: files.length },
  );
}
