import { z } from 'zod';
import { siteGrammar } from './schema/site.ts';
import { type Gap, gaps } from './unsupported.ts';

/** The part of JSON Schema that the grammar of a site file turns into. */
export interface JsonSchema {
  description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The site file as JSON Schema, draft 2020-12, for editors: a description on every key, with what is not supported yet. */
export function siteJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(siteGrammar, { target: 'draft-2020-12', io: 'input' }) as JsonSchema;
  for (const gap of gaps) note(schema, gap);
  return schema;
}

function note(root: JsonSchema, { at, only }: Gap): void {
  const end = at.at(-1) === '*' ? at.slice(0, -1) : at;
  const remark = only ? `For now only ${only.join(', ')}` : 'Not supported yet';
  for (const schema of schemasAt(root, end)) schema.description = `${schema.description} (${remark})`;
}

/** The schemas of a path; `*` and names that the user gives lead to every one there is. */
export function schemasAt(root: JsonSchema, path: readonly (string | number)[]): readonly JsonSchema[] {
  let found: readonly JsonSchema[] = [root];
  for (const step of path) found = found.flatMap((schema) => below(schema, step));
  return found;
}

function below(schema: JsonSchema, step: string | number): readonly JsonSchema[] {
  const { properties = {}, additionalProperties: rest, items } = schema;
  const others = typeof rest === 'object' ? [rest] : [];
  if (typeof step === 'number') return items ? [items] : [];
  if (step === '*') return [...Object.values(properties), ...others];
  const named = properties[step];
  return named ? [named] : others;
}
