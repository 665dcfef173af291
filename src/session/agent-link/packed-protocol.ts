import { asciiJson } from './ascii-json.ts';
import { type ProtocolSchema, referredName, type Schema } from './protocol-schema.ts';

/** Schemas by their name, each as JSON in ASCII. */
type PackedSchemas = Readonly<Record<string, string>>;

/**
 * The parameters of all calls, for the agent to check requests by: without words for readers, references by name, patterns as .NET
 * reads them. Each is a text of its own, as an agent needs few of them in a run. Throws TypeError on a pattern that the agent and
 * the stand-in would read differently.
 */
export function packedProtocol({ calls, definitions }: ProtocolSchema): {
  readonly calls: PackedSchemas;
  readonly definitions: PackedSchemas;
} {
  const packedCalls = packEach(calls);
  const named: Record<string, unknown> = {};
  for (let missing = references(packedCalls); missing.length > 0; ) {
    for (const name of missing)
      named[name] = { ...packed(definitions[name] ?? {}), title: definitions[name]?.title };
    missing = references(named).filter((name) => !(name in named));
  }
  return { calls: textOfEach(packedCalls), definitions: textOfEach(named) };
}

function textOfEach(schemas: object): PackedSchemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, asciiJson(schema)]));
}

function packEach(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, packed(schema)]));
}

function packed(schema: Schema): Schema {
  if (schema.$ref !== undefined) return { $ref: referredName(schema.$ref) };
  const {
    title: _,
    description: __,
    pattern,
    properties,
    items,
    anyOf,
    additionalProperties,
    ...rest
  } = schema;
  return {
    ...rest,
    ...(pattern !== undefined && { pattern: dotNetPattern(pattern) }),
    ...(properties && { properties: packEach(properties) }),
    ...(items && { items: packed(items) }),
    ...(anyOf && { anyOf: anyOf.map(packed) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === 'boolean' ? additionalProperties : packed(additionalProperties),
    }),
  };
}

/** Names of the definitions that packed schemas refer to. */
function references(schemas: object): readonly string[] {
  return [...JSON.stringify(schemas).matchAll(/"\$ref":"(\w+)"/g)].map(([, name = '']) => name);
}

/** Classes with all of Unicode in them, groups of other kinds, a dot or a dollar: .NET reads them otherwise than JavaScript. */
const ambiguous = /\\[a-tv-zA-Z]|\(\?(?!:)|[.$]/;
/** In a set a dot and a dollar are themselves. */
const set = /\[(?:[^\]\\]|\\[^a-tv-zA-Z])*\]/g;

/** A pattern of the schema for .NET, whose `$` also matches before a line end. Throws TypeError where the two would not agree. */
export function dotNetPattern(pattern: string): string {
  const ends = pattern.endsWith('$');
  const body = ends ? pattern.slice(0, -1) : pattern;
  if (ambiguous.test(body.replace(set, '').replace(/\\[^a-zA-Z]/g, '')))
    throw new TypeError(`${pattern}: .NET and JavaScript would read it differently`);
  return ends ? `${body}\\z` : body;
}
