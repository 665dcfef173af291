import type { z } from 'zod';
import { InternalError } from '../../../errors.ts';
import type { Deployment, KeystoneSettings, OptionValue, Share } from '../../../site/deployment.ts';
import type { Resolved } from '../../../site/values/resolved.ts';
import type { glanceGrammar } from './grammar.ts';

/** What stands below `components.glance`, defaults filled in and marks resolved. */
export type WrittenGlance = Resolved<z.infer<typeof glanceGrammar>>;

export interface Store {
  readonly name: string;
  readonly type: string;
  readonly default: boolean;
  /** Set for file stores on a share; the folder below the share's path that holds the images. */
  readonly share?: Share;
  readonly options: { readonly [name: string]: OptionValue };
}

/** A program that Windows starts at its time. */
export interface TaskSettings {
  readonly name: string;
  /** Path on the node or a program of Glance, then its arguments. */
  readonly run: readonly string[];
  /** `daily`: `03:30`; `every`: seconds, whole minutes. */
  readonly when: { readonly daily: string } | { readonly every: number };
  /** Seconds, whole minutes. */
  readonly limit: number;
  /** Names of the nodes that run it; absent: all. */
  readonly nodes?: readonly string[];
}

/**
 * The settings of the image service; the grammar (grammar.ts) says what each of its keys means. `bind.host: 'node'` stands for the
 * address of each node, `service.drain` is in whole seconds. Without `keystone` every caller is an administrator.
 */
export type GlanceSettings = Omit<WrittenGlance, 'keystone' | 'stores' | 'tasks'> & {
  readonly keystone?: KeystoneSettings;
  readonly stores: readonly Store[];
  readonly tasks: readonly TaskSettings[];
};

/** Those of a deployment that has the image service. */
export function settingsOf({ components }: Pick<Deployment, 'components'>): GlanceSettings {
  const { glance: settings } = components;
  if (!settings) throw new InternalError('this site has no components.glance');
  return settings as GlanceSettings;
}

/** The deployment with other settings. */
export function withSettings<Site extends Pick<Deployment, 'components'>>(
  site: Site,
  glance: GlanceSettings,
): Site {
  return { ...site, components: { ...site.components, glance } };
}
