import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import { faultyRows } from '../../faults/rows.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';

/** The rows that the scenario has for a cmdlet on this node, as the faults that are on leave them. Throws `CommandNotFoundException` where it says nothing about it. */
export function scenarioRows({ scenario, faults, computer }: StandIn, name: string): readonly CmdletRow[] {
  const key = Object.keys(scenario.cmdlets).find((each) => each.toLowerCase() === name.toLowerCase());
  if (key === undefined)
    throw new AgentFailure(
      'CommandNotFoundException',
      `the scenario of this stand-in says nothing about ${name}`,
      'ObjectNotFound',
    );
  const text = JSON.stringify(faultyRows(scenario, faults, key)).replaceAll('{computer}', computer);
  return JSON.parse(text) as readonly CmdletRow[];
}
