import type { z } from 'zod';
import type { Share } from '../deployment.ts';
import type { RawSiteRule } from '../yaml/rule.ts';
import type { Gap } from './gap.ts';
import type { NodeRole } from './nodes.ts';
import type { FragmentRule } from './rule.ts';

/** What the site file knows of a component. */
export interface SiteComponent {
  /** As it stands below `components`; a name of the grammar. */
  readonly name: string;
  /** What it is, for words in messages: `clock`. */
  readonly title: string;
  /** Its version in each release that has it; empty: any release of the site will do. */
  readonly releases: { readonly [series: string]: string };
  /** A node that has one of these roles runs it. */
  readonly roles: readonly NodeRole[];
  readonly site: ComponentSite;
}

export interface ComponentSite {
  /** What stands below `components.NAME`. */
  readonly grammar: z.ZodType;
  /** Checks across keys. */
  readonly rules: readonly FragmentRule[];
  /** Checks of the data as it is written, against what the component knows besides. */
  readonly rawRules: readonly RawSiteRule[];
  /** Keys and values that are known and not built yet. */
  readonly gaps: readonly Gap[];
  /** Its settings from what stands there, defaults filled in and marks resolved (resolved.ts); frozen by who asks. */
  readonly settings: (
    written: unknown,
    site: { readonly shares: { readonly [name: string]: Share } },
  ) => unknown;
  /** Why a release that is none of its own is not, and a second line of what to do; undefined where there is nothing to say. */
  readonly refusedRelease?: (series: string) => string | undefined;
  /** Its lines below `components` of a new site file, comments among them. */
  readonly starter: string;
  /** The same for the nodes and services of a sandbox, which need no other settings; absent where it cannot run there. */
  readonly sandboxStarter?: string;
}
