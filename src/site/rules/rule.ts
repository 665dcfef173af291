import type { SiteFragment } from '../grammar/site.ts';
import type { Finding } from '../yaml/finding.ts';

/** One check across keys. It gets what the grammar accepted, so anything may be missing, and nothing is of a wrong type. */
export type Rule = (site: SiteFragment) => readonly Finding[];
