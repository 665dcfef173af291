import type { YamlFinding } from '../yaml/finding.ts';
import type { SiteFragment } from './site.ts';

/** One check across keys. It gets what the grammar accepted, so anything may be missing, and nothing is of a wrong type. */
export type FragmentRule = (site: SiteFragment) => readonly YamlFinding[];
