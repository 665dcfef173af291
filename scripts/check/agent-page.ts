import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ProtocolSchema,
  readProtocolSchema,
  type Schema,
} from '../../src/session/agent-link/protocol-schema.ts';

const root = join(import.meta.dirname, '..', '..');
const begin = '<!-- Made from agent/protocol.schema.json by `npm run check -- --write`: begin -->';
const end = '<!-- end -->';

/** docs/agent-protocol.md with the table of calls made anew between its marks. Throws TypeError where they are gone. */
export function agentPage(): string {
  const page = readFileSync(join(root, 'docs', 'agent-protocol.md'), 'utf8');
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new TypeError(`docs/agent-protocol.md has no ${begin}`);
  const schema = readProtocolSchema(join(root, 'agent', 'protocol.schema.json'));
  return [before, begin, '\n', callTable(schema), end, after].join('');
}

function callTable({ calls, results }: ProtocolSchema): string {
  const rows = Object.entries(calls).map(([name, call]) => {
    const words = call.description === undefined ? [] : [call.description];
    const cells = [`\`${name}\``, parameters(call), [result(results[name] ?? {}), ...words].join('; ')];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return ['| call | parameters | result |', '| --- | --- | --- |', ...rows, ''].join('\n');
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
