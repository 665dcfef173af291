import type { Deployment } from '../../../site/deployment.ts';
import { windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';

/** While this file exists on a node, /healthcheck answers 503 `DISABLED BY FILE`: a balancer then sends nothing more. */
export const healthcheckDisableFile = `${windowsPaths.data}\\healthcheck_disable`;

/**
 * Headers that make a caller known where there is no identity service: the pipeline has the `context` filter without
 * `authtoken`, and imports need an owner (`unauthenticated-context` has none and answers them with 500).
 */
export const trustedIdentity = {
  'X-Identity-Status': 'Confirmed',
  'X-User-Id': 'oriel',
  'X-Tenant-Id': 'oriel',
  'X-Roles': 'admin,member,reader',
} as const;

/** What glance-api-paste.ini and `[paste_deploy] flavor` are made from. */
export function pasteModel(deployment: Pick<Deployment, 'release' | 'components'>) {
  const { release } = deployment;
  const glance = settingsOf(deployment);
  const keystone = glance.keystone !== undefined;
  const cache = glance.options.DEFAULT?.image_cache_dir !== undefined;
  const filters = [keystone && 'authtoken', 'context', cache && 'cache', cache && 'cachemanage'];
  return {
    keystone,
    cache,
    flavor: `${keystone ? 'keystone' : 'trusted-auth'}${cache ? '+cachemanagement' : ''}`,
    identity: filters.filter(Boolean).join(' '),
    // A filter up to 2023.1, an application of its own since Glance 27.0.0.
    healthcheckApp: release !== '2023.1',
    healthcheckFile: healthcheckDisableFile.replaceAll('%', '%%'),
    // A filter with a project of its own looks below /etc and in home folders, and nowhere on Windows.
    configFile: `${windowsPaths.config}\\glance-api.conf`.replaceAll('%', '%%'),
  };
}
