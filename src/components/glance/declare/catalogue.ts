import { keystoneEndpoint } from '../../../resources/keystone-endpoint/resource.ts';
import { keystoneRole } from '../../../resources/keystone-role/resource.ts';
import { keystoneService } from '../../../resources/keystone-service/resource.ts';
import { keystoneUser } from '../../../resources/keystone-user/resource.ts';
import { type Declaration, declare, idOf } from '../../../resources/model/resource.ts';
import type { Deployment, KeystoneSettings } from '../../../site/deployment.ts';
import { identityNode as node } from '../../../site/grammar/node-entries.ts';
import { component } from '../facts/paths.ts';
import { endpointOf } from '../render/endpoint.ts';
import { settingsOf } from '../site/settings.ts';
import { glanceNodes } from './resources.ts';

/** What `openstack service create` is given for the image service in the install guide. */
const type = 'image';
const service = { ensure: 'present', type, name: 'glance', description: 'OpenStack Image' } as const;
/** What glance-api needs to check tokens. */
const role = 'admin';

/** The user that checks tokens, and the image service in the catalogue; nothing where the site names no administrator. */
export function declareCatalogue(deployment: Deployment): readonly Declaration[] {
  const { keystone } = settingsOf(deployment);
  const url = catalogueUrl(deployment);
  if (!keystone?.admin || url === undefined) return [];
  const listed = declare({
    resource: keystoneService,
    component,
    node,
    name: service.name,
    needs: [],
    spec: service,
  });
  const endpoints = (['public', 'internal', 'admin'] as const).map((face) =>
    declare({
      resource: keystoneEndpoint,
      component,
      node,
      name: face,
      needs: [idOf(listed)],
      spec: { ensure: 'present', type, interface: face, region: keystone.region, url },
    }),
  );
  return [...declareUser(keystone), listed, ...endpoints];
}

/** Where clients are sent: the load balancer, or the only node. */
export function catalogueUrl(deployment: Deployment): string | undefined {
  const [first] = glanceNodes(deployment);
  return settingsOf(deployment).publicEndpoint ?? (first && endpointOf(deployment, first));
}

function declareUser({
  username: name,
  userDomain,
  password,
  project,
  projectDomain,
}: KeystoneSettings): readonly Declaration[] {
  const spec = { ensure: 'present', name, domain: userDomain, password } as const;
  const user = declare({ resource: keystoneUser, component, node, name: service.name, needs: [], spec });
  const assigned = declare({
    resource: keystoneRole,
    component,
    node,
    name: role,
    needs: [idOf(user)],
    spec: { ensure: 'present', user: name, userDomain, project, projectDomain, role },
  });
  return [user, assigned];
}
