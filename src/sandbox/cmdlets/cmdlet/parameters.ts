import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow } from '../../node/backing.ts';
import { parametersOf } from '../../powershell/module-table.ts';
import { moduleTables } from '../../powershell/modules.ts';

let known: Promise<ReadonlyMap<string, ReadonlySet<string>>> | undefined;

/** Refuses a parameter that the cmdlet has not, as PowerShell does; what no module of a node has is not known here. */
export async function refuseUnknown(cmdlet: string, parameters: CmdletRow): Promise<void> {
  known ??= parameterNames();
  const names = (await known).get(cmdlet.toLowerCase());
  const unknown = Object.keys(parameters).find((name) => names && !names.has(name.toLowerCase()));
  if (unknown === undefined) return;
  const message = `A parameter cannot be found that matches parameter name '${unknown}'.`;
  throw new AgentFailure('NamedParameterNotFound', message, 'InvalidArgument');
}

async function parameterNames(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const tables = await moduleTables();
  const entries = [...tables.values()].flatMap(({ cmdlets }) => Object.entries(cmdlets));
  return new Map(
    entries.map(([name, cmdlet]) => {
      const names = [...parametersOf(cmdlet).keys()].map((each) => each.toLowerCase());
      return [name.toLowerCase(), new Set(names)];
    }),
  );
}
