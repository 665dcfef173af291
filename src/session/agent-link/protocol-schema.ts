import { readFileSync } from 'node:fs';
import { dataFile } from '../../data-files.ts';

/** What of JSON Schema agent/protocol.schema.json uses. */
export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly [other: string]: unknown;
}

export interface ProtocolSchema {
  readonly $schema: string;
  /** By name, without `calls` and `results`: what the others refer to. */
  readonly definitions: Readonly<Record<string, Schema>>;
  /** The parameters of each call, by its name. */
  readonly calls: Readonly<Record<string, Schema>>;
  /** What each call gives, by its name. */
  readonly results: Readonly<Record<string, Schema>>;
}

/** Reads agent/protocol.schema.json (`file`), the one source of what calls there are and what they take and give. */
export function readProtocolSchema(file = dataFile('agent', 'protocol.schema.json')): ProtocolSchema {
  const { $schema, $defs } = JSON.parse(readFileSync(file, 'utf8'));
  const { calls, results, ...definitions } = $defs;
  return { $schema, definitions, calls, results };
}

/** The name that a reference leads to: `#/$defs/path` is `path`. */
export function referredName($ref: string): string {
  return $ref.slice($ref.lastIndexOf('/') + 1);
}
