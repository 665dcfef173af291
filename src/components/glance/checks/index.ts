import type { DiskFormat } from '../../../openstack/disk-formats.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { type Check, checkId } from '../../../verify/check.ts';
import { catalogueCheck } from '../../../verify/checks/catalogue.ts';
import { httpHealthCheck } from '../../../verify/checks/http-health.ts';
import { shareHandlesCheck } from '../../../verify/checks/share-handles.ts';
import { tokenCheck } from '../../../verify/checks/token.ts';
import { catalogueUrl } from '../declare/catalogue.ts';
import { glanceNodes } from '../declare/resources.ts';
import { settingsOf } from '../site/settings.ts';
import { deactivation } from './deactivate.ts';
import { importCheck } from './import.ts';
import { logCheck } from './log.ts';
import { roundTripChecks } from './round-trip.ts';
import { accessOf, imageServices, isAdministrator, remedies } from './service.ts';
import { storedFile } from './stored.ts';
import { workersCheck } from './workers.ts';

const component = 'glance';

/** What is uploaded. */
export interface ImageOptions {
  /** Size of each image. */
  readonly bytes: number;
  /** Default: `raw`. */
  readonly format?: DiskFormat;
}

/** What proves that images are served as the site file says. */
export function glanceChecks(deployment: Deployment, options: ImageOptions): readonly Check[] {
  return [
    ...glanceNodes(deployment).map((node) => workersCheck(deployment, node)),
    ...catalogueChecks(deployment),
    ...imageChecks(deployment, options, 'whole'),
    ...glanceNodes(deployment).map(({ name }) => logCheck(name, [])),
  ];
}

/**
 * An image in through each node and out through the others, and what it leaves open; as a `whole` into every store, with what
 * else is done to images, and with the other side of the share.
 */
export function imageChecks(
  deployment: Deployment,
  { bytes, format = 'raw' }: ImageOptions,
  extent: 'whole' | 'default store',
): readonly Check[] {
  const services = imageServices(deployment);
  const { keystone, stores } = settingsOf(deployment);
  const access = accessOf(deployment);
  const tokens = keystone ? [tokenCheck(component, keystone.username, access)] : [];
  const path = stores.find((store) => store.default)?.share?.path ?? '';
  const health = deployment.rollout.health.http;
  const common = { access, bytes, format, needs: tokens.map(({ id }) => id) };
  return [
    ...tokens,
    ...services.map(({ service: node, url }) =>
      httpHealthCheck({ component, node, url: `${url}${health}`, remedies }),
    ),
    ...roundTripChecks({ ...common, services, ...(extent === 'whole' && wholeOf(deployment)) }),
    ...(extent === 'whole' ? services.map((from) => importCheck({ ...common, from })) : []),
    ...services.map(({ service: node }) =>
      shareHandlesCheck({ component, node, path, needs: [checkId(node, component, 'upload')] }),
    ),
  ];
}

function wholeOf(deployment: Deployment) {
  const { stores } = settingsOf(deployment);
  return {
    // Nobody uploads to a store of the web.
    stores: stores.filter((each) => !each.default && each.type !== 'http').map(({ name }) => name),
    proofs: [storedFile(deployment), deactivation((signal) => isAdministrator(deployment, signal))],
  };
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
