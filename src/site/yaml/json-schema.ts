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
