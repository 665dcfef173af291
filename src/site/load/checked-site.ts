import type { Problem } from '../../errors.ts';
import type { WrittenSite } from '../grammar/site.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Located } from '../yaml/located.ts';

/** A site file in which nothing is wrong, and what is needed to read it to the end. */
export interface CheckedSite {
  readonly file: string;
  readonly root: Located;
  readonly written: WrittenSite;
  readonly secrets: Secrets;
  readonly warnings: readonly Problem[];
}
