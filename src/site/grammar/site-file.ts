import type { FileKind } from '../yaml/file-kind.ts';
import { siteJsonSchema } from './json-schema.ts';

/** How messages speak of a site file. */
export const siteFile: FileKind = {
  name: 'a site file',
  single: 'one file, one site',
  anchors: 'write shared node settings under nodes.defaults, shared files with extends',
  empty: '`oriel init` writes a file to begin with',
  schema: siteJsonSchema,
};
