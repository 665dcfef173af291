import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { type LoadOptions, loadDeployment } from '../site/load/load.ts';
import type { SiteRule } from '../site/yaml/rule.ts';
import { glance } from './glance/index.ts';
import { checkGlanceOptions } from './glance/options/check.ts';
import type { Component } from './model/component.ts';

/** The registry: every component there is. A new one is added here; nothing else imports one. */
export const components: readonly Component[] = [glance];

/** What the components know of a site file and its schema cannot say. */
export const siteRules: readonly SiteRule[] = [checkGlanceOptions];

/** The releases of OpenStack that components have, oldest first. */
export const releases: readonly string[] = [
  ...new Set(components.flatMap((one) => Object.keys(one.releases))),
].sort();

/** The components that a site has, in the order of the registry. */
export function componentsOf(_deployment: Deployment): readonly Component[] {
  return components;
}

/** Whether a node runs a component. */
export function runs({ roles }: Component, node: Pick<NodeSettings, 'roles'>): boolean {
  return roles.some(({ name }) => node.roles.some((role) => role === name));
}

/** `loadDeployment` with the rules of every component; what a verb calls. Throws InputError. */
export function loadSite(file: string, options: Omit<LoadOptions, 'rules'> = {}): Promise<Deployment> {
  return loadDeployment(file, { ...options, rules: siteRules });
}
