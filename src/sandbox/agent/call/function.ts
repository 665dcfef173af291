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
import type { StandIn } from '../../backing.ts';
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

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
const grammars = new Map<string, z.ZodType>();
let protocol: ProtocolSchema | undefined;

/** The function of a call with its parameters checked first, by agent/protocol.schema.json; what does not fit is `BadParameter`. */
export function checked<Name extends AgentCallName>(name: Name, run: AgentFunctions[Name]): AgentFunction {
  return async (given, context) => {
    const { data, error } = grammarOf(name).safeParse(given);
    if (error) throw new AgentFailure('BadParameter', problem(name, error), 'InvalidArgument');
    return run(data as AgentParameters[Name], context);
  };
}

function grammarOf(name: AgentCallName): z.ZodType {
  const known = grammars.get(name);
  if (known) return known;
  const { $schema, definitions, calls } = schemaOfProtocol();
  const grammar = z.fromJSONSchema({ $schema, $defs: definitions, ...calls[name] } as JsonSchema);
  grammars.set(name, grammar);
  return grammar;
}

function schemaOfProtocol(): ProtocolSchema {
  protocol ??= readProtocolSchema();
  return protocol;
}

function problem(name: AgentCallName, { issues: [issue] }: z.ZodError): string {
  const where = issue?.path.join('.') || 'the request';
  const title = issue?.code === 'invalid_format' ? titleAt(name, issue.path) : undefined;
  return title === undefined ? `${where}: ${issue?.message}` : `${where} is not a valid ${title}`;
}

/** What the schema calls the value that stands there. */
function titleAt(name: AgentCallName, path: readonly PropertyKey[]): string | undefined {
  const { calls, definitions } = schemaOfProtocol();
  const inner = path.reduce<Schema | undefined>(
    (schema, key) => (typeof key === 'number' ? schema?.items : schema?.properties?.[String(key)]),
    calls[name],
  );
  return inner?.$ref === undefined ? undefined : definitions[referredName(inner.$ref)]?.title;
}
