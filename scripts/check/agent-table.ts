import { join } from 'node:path';
import type { AgentCallName } from '../../src/session/agent-link/agent-calls.ts';
import { extraSeconds, longerCalls, usualSeconds } from '../../src/session/agent-link/call-limits.ts';
import {
  type ProtocolSchema,
  readProtocolSchema,
  type Schema,
} from '../../src/session/agent-link/protocol-schema.ts';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'agent', 'protocol.schema.json');

/** The table of docs/reference/nodes/agent-protocol.md: each call with what it takes and gives, and the seconds that the agent may work on it. */
export function callTable({ calls, results }: ProtocolSchema = readProtocolSchema(source)): string {
  const rows = Object.entries(calls).map(([name, call]) => {
    const words = call.description === undefined ? [] : [call.description];
    const gives = [result(results[name] ?? {}), ...words].join('; ');
    const cells = [`\`${name}\``, parameters(call), gives, limit(name, call)];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| call | parameters | result | limit (s) |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function limit(name: string, { properties = {} }: Schema): string {
  if ('timeout' in properties) return `\`timeout\` + ${extraSeconds}`;
  return String(longerCalls[name as AgentCallName] ?? usualSeconds);
}

function parameters({ properties = {}, required = [] }: Schema): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const words = schema.description === undefined ? '' : ` (${schema.description})`;
      return `\`${field(name, schema, required)}\`${words}`;
    })
    .join(', ');
}

function result(schema: Schema): string {
  return schema.type === 'null' ? 'null' : `\`${shape(schema)}\``;
}

/** `name?: bool`; text, numbers and what a definition says are their name alone. */
function field(name: string, schema: Schema, required: readonly string[]): string {
  const said = shape(schema);
  return `${name}${required.includes(name) ? '' : '?'}${said === '' ? '' : `: ${said}`}`;
}

function shape(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => `"${value}"`).join('|');
  if (schema.type === 'boolean') return 'bool';
  if (schema.type === 'array') return `[${schema.items ? shape(schema.items) : ''}]`;
  if (schema.type !== 'object') return '';
  const fields = Object.entries(schema.properties ?? {});
  return `{${fields.map(([name, each]) => field(name, each, schema.required ?? [])).join(', ')}}`;
}
