import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import { clusterRows } from '../../cluster/rows/index.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';
import { clusterOf } from './cluster-state.ts';

/**
 * The rows that a cmdlet has on this node: those that the scenario writes, or those of its cluster. Throws `CommandNotFoundException`
 * where both say nothing about it.
 */
export function scenarioRows(node: StandIn, name: string): readonly CmdletRow[] {
  const { scenario, computer } = node;
  const written = keyOf(scenario.cmdlets, name);
  if (written !== undefined) {
    const text = JSON.stringify(scenario.cmdlets[written]).replaceAll('{computer}', computer);
    return JSON.parse(text) as readonly CmdletRow[];
  }
  const known = keyOf(clusterRows, name);
  const rows = known === undefined ? undefined : clusterRows[known];
  if (rows) return rows(clusterOf(node));
  throw new AgentFailure(
    'CommandNotFoundException',
    `the scenario of this stand-in says nothing about ${name}`,
    'ObjectNotFound',
  );
}

function keyOf(table: object, name: string): string | undefined {
  return Object.keys(table).find((each) => each.toLowerCase() === name.toLowerCase());
}
