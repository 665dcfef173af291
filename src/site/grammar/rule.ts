import type { Finding } from '../yaml/finding.ts';
import type { SiteFragment } from './site.ts';

/** One check across keys. It gets what the grammar accepted, so anything may be missing, and nothing is of a wrong type. */
export type Rule = (site: SiteFragment) => readonly Finding[];
