import type { Secret } from '../secret.ts';

/** A configuration file for one node. */
export interface RenderedFile {
  /** `clock.conf`. */
  readonly name: string;
  /** Path on the node, backslashes. */
  readonly target: string;
  /** The text with `[secret:NAME]` in place of secrets: for eyes, golden files and diffs. */
  readonly shown: string;
  /** The text as the service reads it: ASCII or UTF-8, no byte order mark, CRLF line ends. */
  readonly content: string | Secret;
}
