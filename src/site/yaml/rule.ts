import type { Position, Problem } from '../../errors.ts';

/** The way to a key: `['components', 'clock', 'options', 'DEFAULT', 'interval']`. */
export type KeyPath = readonly (string | number)[];

/**
 * What a rule that knows a component sees of the site: the merged YAML as plain data with the release filled in, and where each
 * key stands.
 */
export interface RawSite {
  readonly data: unknown;
  readonly at: (path: KeyPath) => Position | undefined;
}

/** A check that the site schema cannot make by itself, handed to `loadDeployment` by a component. */
export type RawSiteRule = (site: RawSite) => readonly Problem[];
