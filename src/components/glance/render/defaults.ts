import type { Deployment, OptionGroups } from '../../../site/deployment.ts';
import { windowsPaths } from '../facts/paths.ts';
import { settingsOf } from '../site/settings.ts';
import { type Addressed, endpointOf } from './endpoint.ts';

/** Seconds. Windows ends a process at about 512 sockets, so an idle connection (900 by default) must not hold one for long. */
const clientSocketTimeout = 60;

/** Where a node has the certificates of who signs that of the identity service (`cafile` of keystoneauth). */
export const keystoneCa = 'keystone-ca.pem';

/** The address that the API of a node listens on. */
export function bindHost(deployment: Pick<Deployment, 'components'>, node: Addressed): string {
  const { host } = settingsOf(deployment).bind;
  return host === 'node' ? node.address : host;
}

/** What oriel sets unless the site's options say something else. */
export function overridable(deployment: Pick<Deployment, 'components'>, node: Addressed): OptionGroups {
  const { features, keystone, options } = settingsOf(deployment);
  const ca = keystone?.ca && { cafile: `${windowsPaths.config}\\${keystoneCa}` };
  return {
    DEFAULT: {
      // Without it there is nothing for the scrubber to delete.
      ...(features.includes('scrubber') && { delayed_delete: true }),
      client_socket_timeout: clientSocketTimeout,
      // Where the other nodes find an upload that is staged on this one; caching in the database asks for it as well.
      worker_self_reference_url: endpointOf(deployment, node),
    },
    oslo_messaging_notifications: { driver: ['noop'] },
    ...(keystone && {
      keystone_authtoken: {
        www_authenticate_uri: keystone.authUrl,
        ...(keystone.identityRegion && { region_name: keystone.identityRegion }),
        ...ca,
      },
    }),
    ...(keystone &&
      options.oslo_limit && {
        oslo_limit: {
          ...(keystone.identityRegion && { region_name: keystone.identityRegion }),
          ...ca,
        },
      }),
  };
}

/**
 * The folders of the two stores that Glance reserves for imports, in the only spelling that its check lets pass: it wants
 * `file:///` in the URL, so `C:\x` becomes `//./C:/x` and `\\server\share` becomes `//server/share` (Glance 18.0.0 to 29.2.1,
 * glance/async_/flows/api_image_import.py).
 */
export function stagingFolders(staging: string): { readonly staging: string; readonly tasks: string } {
  const slashes = staging.replaceAll('\\', '/');
  const folder = slashes.startsWith('//') ? slashes : `//./${slashes}`;
  return { staging: `${folder}/images`, tasks: `${folder}/tasks` };
}
