import { type Authorization, fixedAccess, tokenAccess } from '../../../openstack/access.ts';
import type { ImagesEndpoint } from '../../../openstack/image-request.ts';
import { issueToken, rolesOf } from '../../../openstack/tokens.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { glanceNodes } from '../declare/resources.ts';
import { endpointOf } from '../render/endpoint.ts';
import { trustedIdentity } from '../render/paste.ts';
import { settingsOf } from '../site/settings.ts';

/** The image services of a deployment as a client sees them: one on each node. */
export function imageServices(deployment: Deployment): readonly ImagesEndpoint[] {
  return glanceNodes(deployment).map((node) => ({ service: node.name, url: endpointOf(deployment, node) }));
}

/** What makes us known to the image services: tokens of the service's own user where there is Keystone. */
export function accessOf(deployment: Deployment): Authorization {
  const { keystone } = settingsOf(deployment);
  return keystone ? tokenAccess(() => issueToken(keystone)) : fixedAccess(trustedIdentity);
}

/** Whether that user sees all images and may do all with them; without Keystone everybody does. Throws RequestError. */
export async function isAdministrator(deployment: Deployment, signal: AbortSignal): Promise<boolean> {
  const { keystone } = settingsOf(deployment);
  return !keystone || (await rolesOf(keystone, signal)).includes('admin');
}

/** What can be done about a status that says little by itself (glance/api/v2/image_data.py, upload). */
export const remedies: Readonly<Record<number, string>> = {
  401: 'see [keystone_authtoken] on the node and the clock of both sides',
  410: 'the store was not there when the service started: make the share reachable, then restart the service',
  413: 'the size limit, the quota or the disk of the share is reached',
  503: "the service's account may not write to the share, or the identity service is away",
};
