import type { Schema } from '../../../src/session/agent-link/protocol-schema.ts';
import { readProtocolSchema, referredName } from '../../../src/session/agent-link/protocol-schema.ts';

const { definitions, results } = readProtocolSchema();

/** A text for each pattern of the protocol's results. */
const texts = [
  '2026-01-02T03:04:05Z',
  'a'.repeat(64),
  'A'.repeat(40),
  '{11111111-2222-3333-4444-555555555555}',
  '5.1',
];

/** The shortest result that the protocol allows for a call. Throws where a pattern is new: then a text belongs into the list. */
export function exampleResult(call: string): unknown {
  const schema = results[call];
  if (!schema) throw new Error(`there is no call ${call}`);
  return exampleOf(schema);
}

function exampleOf(schema: Schema): unknown {
  if (schema.$ref !== undefined) return exampleOf(definitions[referredName(schema.$ref)] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return exampleOf(schema.anyOf[0]);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') return exampleObject(schema);
  if (type === 'string') return exampleText(schema.pattern);
  const others: Readonly<Record<string, unknown>> = {
    null: null,
    array: [],
    boolean: false,
    integer: 1,
    number: 1,
  };
  if (type !== undefined && type in others) return others[type];
  throw new Error(`no example for ${JSON.stringify(schema)}`);
}

function exampleObject({ properties = {}, required = [] }: Schema): object {
  return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {})]));
}

function exampleText(pattern: string | undefined): string {
  const found = pattern === undefined ? '' : texts.find((text) => new RegExp(pattern).test(text));
  if (found === undefined) throw new Error(`no example for ${pattern}`);
  return found;
}
