import { z } from 'zod';
import type {
  AgentCallName,
  AgentParameters,
  AgentResults,
} from '../../../session/agent-link/agent-calls.ts';
import {
  type ProtocolSchema,
  readProtocolSchema,
  referredName,
  type Schema,
} from '../../../session/agent-link/protocol-schema.ts';
import type { StandIn } from '../../node/backing.ts';
import { AgentFailure } from '../failure/agent-failure.ts';

export interface CallContext {
  readonly node: StandIn;
  /** Aborted when the agent ends. */
  readonly signal: AbortSignal;
  /** Sends a progress event for this call. */
  readonly progress: (message: string) => void;
}

/** What the agent does for each call, once its parameters are checked. */
export type AgentFunctions = {
  readonly [Name in AgentCallName]: (
    parameters: AgentParameters[Name],
    context: CallContext,
  ) => Promise<AgentResults[Name]>;
};

/** A function of the agent: takes the parameters of a request as they came and gives the result. */
export type AgentFunction = (parameters: unknown, context: CallContext) => Promise<unknown>;

type ParameterSchema = Parameters<typeof z.fromJSONSchema>[0];
let protocol: ProtocolSchema | undefined;

/** The function of a call with its parameters checked first, by agent/protocol.schema.json; what does not fit is `BadParameter`. */
export function checked<Name extends AgentCallName>(name: Name, run: AgentFunctions[Name]): AgentFunction {
  let check: AgentFunction | undefined;
  return (given, context) => {
    protocol ??= readProtocolSchema();
    check ??= checkedBy(protocol, name, run as AgentFunction);
    return check(given, context);
  };
}

/** The same by a protocol, which need not be ours. */
export function checkedBy(protocol: ProtocolSchema, name: string, run: AgentFunction): AgentFunction {
  const { $schema, definitions, calls } = protocol;
  const grammar = z.fromJSONSchema({ $schema, $defs: definitions, ...calls[name] } as ParameterSchema);
  return async (given, context) => {
    const { data, error } = grammar.safeParse(given);
    if (error) throw new AgentFailure('BadParameter', problem(protocol, name, error), 'InvalidArgument');
    return run(data, context);
  };
}

function problem(protocol: ProtocolSchema, name: string, { issues: [issue] }: z.ZodError): string {
  const where = issue?.path.join('.') || 'the request';
  const title = issue?.code === 'invalid_format' ? titleAt(protocol, name, issue.path) : undefined;
  return title === undefined ? `${where}: ${issue?.message}` : `${where} is not a valid ${title}`;
}

/** What the schema calls the value that stands there. */
function titleAt(
  { calls, definitions }: ProtocolSchema,
  name: string,
  path: readonly PropertyKey[],
): string | undefined {
  const inner = path.reduce<Schema | undefined>(
    (schema, key) => (typeof key === 'number' ? schema?.items : schema?.properties?.[String(key)]),
    calls[name],
  );
  return inner?.$ref === undefined ? undefined : definitions[referredName(inner.$ref)]?.title;
}
