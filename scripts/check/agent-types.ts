import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import {
  type ProtocolSchema,
  readProtocolSchema,
  referredName,
  type Schema,
} from '../../src/session/agent-link/protocol-schema.ts';

const root = join(import.meta.dirname, '..', '..');

const source = join(root, 'agent', 'protocol.schema.json');

/** Types of what agent calls take and give, from agent/protocol.schema.json, as the formatter leaves them. Throws where it fails. */
export function agentTypes(schema = readProtocolSchema(source)): string {
  const text = [
    '// Long: two types for each call. Made from agent/protocol.schema.json by `npm run check -- --write`.',
    '',
    '/** What each call of the agent takes. */',
    `export interface AgentParameters {${members(schema, schema.calls)}}`,
    '',
    '/** What each call of the agent gives. */',
    `export interface AgentResults {${members(schema, schema.results)}}`,
    '',
    'export type AgentCallName = keyof AgentResults;',
    '',
  ].join('\n');
  const args = ['format', '--stdin-file-path=agent-calls.ts'];
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules', '.bin', 'biome'), args, {
    cwd: root,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new TypeError(`biome cannot format the types of the agent: ${stderr}`);
  return stdout;
}

function members(protocol: ProtocolSchema, schemas: Readonly<Record<string, Schema>>): string {
  return Object.entries(schemas)
    .map(([name, schema]) => `readonly '${name}': ${typeOf(schema, protocol)};`)
    .join('\n');
}

/** A schema as a type of TypeScript. Patterns and ranges have no part in it. */
function typeOf(schema: Schema, protocol: ProtocolSchema): string {
  if (schema.$ref !== undefined)
    return typeOf(protocol.definitions[referredName(schema.$ref)] ?? {}, protocol);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(each, protocol)).join(' | ');
  if (schema.type === 'array') return `readonly (${typeOf(schema.items ?? {}, protocol)})[]`;
  if (schema.type === 'object') return objectType(schema, protocol);
  const words: Readonly<Record<string, string>> = { integer: 'number', true: 'unknown' };
  const type = typeof schema.type === 'string' ? schema.type : 'unknown';
  return words[type] ?? type;
}

function objectType(
  { properties, required, additionalProperties }: Schema,
  protocol: ProtocolSchema,
): string {
  if (!properties) {
    const values =
      typeof additionalProperties === 'object' ? typeOf(additionalProperties, protocol) : 'unknown';
    return `Readonly<Record<string, ${values}>>`;
  }
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `readonly ${name}${required?.includes(name) ? '' : '?'}: ${typeOf(schema, protocol)};`,
  );
  // `{}` would be anything but null.
  return fields.length === 0 ? 'Readonly<Record<string, never>>' : `{${fields.join('\n')}}`;
}
