import { type JsonSchema, siteJsonSchema } from './json-schema.ts';

/** How messages speak of one kind of YAML file. */
export interface FileKind {
  /** With its article: `a site file`. */
  readonly name: string;
  /** Why a second document is wrong. */
  readonly single: string;
  /** What to write where anchors would save words. */
  readonly anchors: string;
  /** What to do about a file with nothing in it. */
  readonly empty: string;
  /** The grammar, for advice on keys. */
  readonly schema: () => JsonSchema;
}

export const siteFile: FileKind = {
  name: 'a site file',
  single: 'one file, one site',
  anchors: 'write shared node settings under nodes.defaults, shared files with extends',
  empty: '`oriel init` writes a file to begin with',
  schema: siteJsonSchema,
};
