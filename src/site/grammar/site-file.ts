import type { FileKind, GrammarKind } from '../yaml/file-kind.ts';
import { siteJsonSchema } from './json-schema.ts';
import type { SiteComponent } from './site-component.ts';

/** How messages speak of a site file. */
export const siteFile: FileKind = {
  name: 'a site file',
  single: 'one file, one site',
  anchors: 'write shared node settings under nodes.defaults, shared files with extends',
  empty: '`oriel init` writes a file to begin with',
};

/** The same, with its grammar. */
export function siteKind(components: readonly SiteComponent[]): GrammarKind {
  return { ...siteFile, schema: () => siteJsonSchema(components) };
}
