import { z } from 'zod';
import { siteGrammar } from './schema/site.ts';

/** The part of JSON Schema that the grammar of a site file turns into. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The site file as JSON Schema, draft 2020-12, for editors; a description on every key. */
export function siteJsonSchema(): JsonSchema {
  return z.toJSONSchema(siteGrammar, { target: 'draft-2020-12', io: 'input' }) as JsonSchema;
}
