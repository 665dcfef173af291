import type { z } from 'zod';
import { type NodeEntry, nodesWith } from '../../../../site/grammar/node-entries.ts';
import type { Fragment, SiteFragment } from '../../../../site/grammar/site.ts';
import type { glanceGrammar } from '../grammar.ts';

/** What is left of `components.glance` after everything that the grammar refuses was taken out. */
export type GlanceFragment = Fragment<z.input<typeof glanceGrammar>>;

/** That of a site; undefined where it has none. */
export function glanceOf({ components }: SiteFragment): GlanceFragment | undefined {
  return components?.glance as GlanceFragment | undefined;
}

/** The nodes that run it. */
export function glanceNodeEntries(nodes: SiteFragment['nodes']): readonly NodeEntry[] {
  return nodesWith('glance', nodes);
}
