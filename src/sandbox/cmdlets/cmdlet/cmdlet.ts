import { z } from 'zod';
import { AgentFailure } from '../../agent/failure/agent-failure.ts';
import type { CmdletRow, StandIn } from '../../node/backing.ts';

/** A cmdlet that changes the node, or that knows what others changed. Gives the rows that it would print. */
export type Cmdlet = (
  parameters: CmdletRow,
  node: StandIn,
) => readonly CmdletRow[] | Promise<readonly CmdletRow[]>;

/** Makes a cmdlet whose parameters are checked first; what does not fit is refused as PowerShell does it. */
export function cmdlet<T>(
  parameters: z.ZodType<T>,
  run: (parameters: T, node: StandIn) => readonly CmdletRow[] | Promise<readonly CmdletRow[]>,
): Cmdlet {
  return (given, node) => {
    const { data, error } = parameters.safeParse(given);
    if (!error) return run(data, node);
    const [issue] = error.issues;
    const message = `${issue?.path.join('.') || 'parameters'}: ${issue?.message}`;
    throw new AgentFailure('ParameterBindingException', message, 'InvalidArgument');
  };
}

/** A parameter that takes a list: PowerShell makes one of a single value. */
export const texts = z
  .union([z.string(), z.array(z.string())])
  .transform((value): readonly string[] => [value].flat());

/** What a cmdlet made from CIM says of a name that is not there. */
export function notFound(cmdlet: string, name: string): AgentFailure {
  return new AgentFailure(
    'CmdletizationQuery_NotFound_Name',
    `${cmdlet}: no object found with property 'Name' equal to '${name}'`,
    'ObjectNotFound',
  );
}
