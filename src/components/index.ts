import { knownErrors } from '../diagnosis/known-errors.ts';
import type { KnownError } from '../diagnosis/model/known-error.ts';
import type { Deployment, NodeSettings } from '../site/deployment.ts';
import { releasesOf } from '../site/grammar/release.ts';
import { type LoadOptions, loadDeployment } from '../site/load/load.ts';
import type { Check } from '../verify/check.ts';
import { storageChecks } from '../verify/checks/storage/index.ts';
import type { StorageUse } from '../verify/checks/storage/model/check.ts';
import { added } from './added.ts';
import { glance } from './glance/index.ts';
import type { CheckOptions, Component } from './model/component.ts';

/** The registry: every component there is. A new one is added here; nothing else imports one. */
export const components: readonly Component[] = [glance, ...added];

/** Every error that oriel knows causes of: those of Windows, SMB and clusters, and those of components. */
export const allErrors: readonly KnownError[] = [
  ...knownErrors,
  ...components.flatMap(({ errors = [] }) => errors),
];

/** The releases of OpenStack that components have, oldest first. */
export const releases: readonly string[] = releasesOf(components);

/** The components that a site has, in the order of the registry. */
export function componentsOf({ components: own }: Pick<Deployment, 'components'>): readonly Component[] {
  return components.filter(({ name }) => own[name] !== undefined);
}

/** What `oriel verify` tries: the checks of every component of a site, and those of the storage that they use. */
export function checksOf(deployment: Deployment, options: CheckOptions): readonly Check[] {
  const own = componentsOf(deployment);
  return [
    ...own.flatMap(({ checks }) => checks?.(deployment, options) ?? []),
    ...storageChecksOf(deployment),
  ];
}

/** Of those the checks of the storage. */
export function storageChecksOf(deployment: Deployment): readonly Check[] {
  return storageChecks(deployment, usesOf(deployment));
}

/** What keeps data on the shares of a site. */
export function usesOf(deployment: Deployment): readonly StorageUse[] {
  return componentsOf(deployment).flatMap(({ storage }) => storage?.(deployment) ?? []);
}

/** Whether a node runs a component. */
export function runs({ roles }: Component, node: Pick<NodeSettings, 'roles'>): boolean {
  return roles.some(({ name }) => node.roles.some((role) => role === name));
}

/** `loadDeployment` with every component there is; what a verb calls. Throws InputError. */
export function loadSite(file: string, options: Omit<LoadOptions, 'components'> = {}): Promise<Deployment> {
  return loadDeployment(file, { ...options, components });
}
