import type { Deployment } from '../../../site/deployment.ts';
import { type Check, checkId } from '../../../verify/check.ts';
import { catalogueCheck } from '../../../verify/checks/catalogue.ts';
import { httpHealthCheck } from '../../../verify/checks/http-health.ts';
import { shareHandlesCheck } from '../../../verify/checks/share-handles.ts';
import { tokenCheck } from '../../../verify/checks/token.ts';
import { catalogueUrl } from '../declare/catalogue.ts';
import { glanceNodes } from '../declare/resources.ts';
import { settingsOf } from '../site/settings.ts';
import { logCheck } from './log.ts';
import { roundTripChecks } from './round-trip.ts';
import { accessOf, imageServices, remedies } from './service.ts';
import { workersCheck } from './workers.ts';

const component = 'glance';

/** What proves that images are served as the site file says; `bytes` is the size of each image. */
export function glanceChecks(deployment: Deployment, bytes: number): readonly Check[] {
  return [
    ...glanceNodes(deployment).map((node) => workersCheck(deployment, node)),
    ...catalogueChecks(deployment),
    ...imageChecks(deployment, bytes),
    ...glanceNodes(deployment).map(({ name }) => logCheck(name, [])),
  ];
}

/** An image in through each node and out through the others, and what it leaves open. */
export function imageChecks(deployment: Deployment, bytes: number): readonly Check[] {
  const services = imageServices(deployment);
  const { keystone, stores } = settingsOf(deployment);
  const access = accessOf(deployment);
  const tokens = keystone ? [tokenCheck(component, keystone.username, access)] : [];
  const path = stores.find((store) => store.default)?.share?.path ?? '';
  const health = deployment.rollout.health.http;
  return [
    ...tokens,
    ...services.map(({ service: node, url }) =>
      httpHealthCheck({ component, node, url: `${url}${health}`, remedies }),
    ),
    ...roundTripChecks({ services, access, bytes, needs: tokens.map(({ id }) => id) }),
    ...services.map(({ service: node }) =>
      shareHandlesCheck({ component, node, path, needs: [checkId(node, component, 'upload')] }),
    ),
  ];
}

function catalogueChecks(deployment: Deployment): readonly Check[] {
  const { keystone, publicEndpoint } = settingsOf(deployment);
  if (!keystone) return [];
  // Unknown where the site neither says it nor keeps the catalogue.
  const expected = publicEndpoint ?? (keystone.admin && catalogueUrl(deployment));
  const { region } = keystone;
  return [
    catalogueCheck({
      ...{ component, service: 'image service', type: 'image', region, credentials: keystone, expected },
    }),
  ];
}
