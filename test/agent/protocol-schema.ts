import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const file = join(import.meta.dirname, '..', '..', 'agent', 'protocol.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly $id: string;
  readonly $defs: { readonly calls: object; readonly results: object };
};
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addSchema(schema);

/** Every call that the protocol has, without `bye`. */
export const callNames: readonly string[] = Object.keys(schema.$defs.calls);

/** What is wrong with a request, by `agent/protocol.schema.json`; empty: nothing. */
export function requestProblems(request: { readonly call: string }): readonly string[] {
  if (!callNames.includes(request.call)) return [`there is no call ${request.call}`];
  const { id: _, call, ...parameters } = request as { readonly id?: unknown; readonly call: string };
  return [...problems('request', request), ...problems(`calls/${call}`, parameters)];
}

/** What is wrong with a line of the agent. */
export function messageProblems(message: unknown): readonly string[] {
  return problems('message', message);
}

/** What is wrong with the result of a call. */
export function resultProblems(call: string, result: unknown): readonly string[] {
  return problems(`results/${call}`, result);
}

function problems(definition: string, value: unknown): readonly string[] {
  const validate = ajv.getSchema(`${schema.$id}#/$defs/${definition}`);
  if (!validate) throw new TypeError(`the schema has no ${definition}`);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}
