import type { JsonSchema } from './json-schema.ts';

/** How messages speak of one kind of YAML file. */
export interface FileKind {
  /** With its article: `a site file`. */
  readonly name: string;
  /** Why a second document is wrong. */
  readonly single: string;
  /** What to write where anchors would save words. */
  readonly anchors: string;
  /** What to write in place of a tag. */
  readonly tags?: string;
  /** What to do about a file with nothing in it. */
  readonly empty: string;
}

/** One with a grammar. */
export interface GrammarKind extends FileKind {
  /** The grammar, for advice on keys. */
  readonly schema: () => JsonSchema;
}
