import type { Problem } from '../../errors.ts';
import type { WrittenSite } from '../grammar/site.ts';
import type { Resolved } from '../values/resolved.ts';

/** A site file in which nothing is wrong, with all that the grammar marks resolved. */
export interface CheckedSite {
  readonly file: string;
  readonly site: Resolved<WrittenSite>;
  readonly warnings: readonly Problem[];
}
