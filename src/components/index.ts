import type { Deployment } from '../site/deployment.ts';
import { type LoadOptions, loadDeployment } from '../site/load/load.ts';
import type { SiteRule } from '../site/yaml/rule.ts';
import { checkGlanceOptions } from './glance/options/check.ts';

/** What the components know of a site file and its schema cannot say. */
export const siteRules: readonly SiteRule[] = [checkGlanceOptions];

/** Names of all components, as a site file has them. */
export const components: readonly string[] = ['glance'];

/** `loadDeployment` with the rules of every component; what a verb calls. Throws SiteError. */
export function loadSite(file: string, options: Omit<LoadOptions, 'rules'> = {}): Promise<Deployment> {
  return loadDeployment(file, { ...options, rules: siteRules });
}
