import { z } from 'zod';
import { type JsonSchema, schemasAt } from '../yaml/json-schema.ts';
import type { Gap } from './gap.ts';
import type { SiteComponent } from './site-component.ts';
import { siteGrammar } from './site-grammar.ts';
import { gapsOf } from './unsupported.ts';

/** The site file as JSON Schema, draft 2020-12, for editors: a description on every key, with what is not supported yet. */
export function siteJsonSchema(components: readonly SiteComponent[]): JsonSchema {
  const schema = z.toJSONSchema(siteGrammar(components), {
    target: 'draft-2020-12',
    io: 'input',
  }) as JsonSchema;
  for (const gap of gapsOf(components)) note(schema, gap);
  return schema;
}

function note(root: JsonSchema, { at, only }: Gap): void {
  const end = at.at(-1) === '*' ? at.slice(0, -1) : at;
  const remark = only ? `For now only ${only.join(', ')}` : 'Not supported yet';
  for (const schema of schemasAt(root, end)) schema.description = `${schema.description} (${remark})`;
}
