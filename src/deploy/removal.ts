import { componentsOf } from '../components/index.ts';
import { declareStorage } from '../components/storage/shares.ts';
import { declareNoCertificates } from '../components/windows/certificates.ts';
import { declareFeatures } from '../components/windows/features.ts';
import { ResourceError, SessionError } from '../errors.ts';
import type { IdentityAnswer } from '../identity/answers.ts';
import { isOwned, type Ownership } from '../plan/journal/ownership.ts';
import type { Connections } from '../plan/observe/make-plan.ts';
import { observe } from '../plan/observe/observe.ts';
import { type KeystoneEndpoint, keystoneEndpoint } from '../resources/keystone-endpoint/resource.ts';
import { keystoneService } from '../resources/keystone-service/resource.ts';
import { absentOf, type Declaration, idOf } from '../resources/model/resource.ts';
import { service } from '../resources/service/resource.ts';
import { smbShare } from '../resources/smb-share/resource.ts';
import type { Deployment } from '../site/deployment.ts';
import { declareExternal } from './compose/compose.ts';
import { formerEndpoints } from './compose/former-endpoints.ts';

/** What is to be gone, and in words what stays where it is. */
export interface Removal {
  readonly declared: readonly Declaration[];
  readonly left: readonly string[];
}

/**
 * What a deployment gives to accounts, file servers and services that are not its own, in the order in which it is taken back: only what a run
 * from here has made is. With some nodes alone the identity service keeps what the others need.
 */
export function externalGrants(deployment: Deployment, whole: boolean): readonly Declaration[] {
  const onNodes = componentsOf(deployment).flatMap(({ remove }) => remove.grants(deployment));
  const shares = declareStorage(deployment).filter(({ resource }) => resource === smbShare);
  const certificates = declareNoCertificates(deployment);
  return [...(whole ? declareExternal(deployment).toReversed() : []), ...onNodes, ...shares, ...certificates];
}

/** Everything that a removal takes away; what others have made is looked for, to name it. Throws SessionError. */
export async function declareRemoval(
  deployment: Deployment,
  given: readonly Declaration[],
  { owned, made, data }: Ownership & { readonly data: boolean },
  connections: Connections,
): Promise<Removal> {
  const ours = given.filter((one) => isOwned(one, owned));
  const others = given.filter((one) => !isOwned(one, owned));
  const there = await Promise.all(
    others.map(async (one) => ((await isThere(one, connections)) ? [one] : [])),
  );
  const former = formerEndpoints(made, given).map((one): Declaration => ({ ...one, after: [] }));
  const used = await othersEndpoints([...ours, ...former], connections);
  const shared = new Set(used.map(({ service }) => service));
  const removed = ours.filter((one) => !shared.has(one));
  const components = componentsOf(deployment);
  const own = (await Promise.all(components.map(({ remove }) => remove.declare(deployment, data)))).flat();
  const names = new Set(deployment.nodes.map(({ name }) => name));
  const elsewhere = removed.filter(({ node }) => !names.has(node));
  const services = own.filter(({ resource }) => resource === service);
  const rest = removed.filter(({ node }) => names.has(node));
  return {
    // A right is taken back, and a share ended, once the services that need it are gone.
    declared: [
      ...former,
      ...elsewhere.map(absentOf),
      ...own,
      ...rest.map((one) => absentAfter(one, services)),
    ],
    left: [
      ...components.flatMap(({ remove }) => remove.left(deployment, data)),
      ...featuresOf(deployment).map((name) => `the Windows feature ${name}`),
      ...there.flat().map((one) => `${idOf(one)}, which no run from here has made`),
      ...used.map(({ service, endpoint }) => {
        const title = components.find(({ name }) => name === service.component)?.title ?? service.name;
        return `the ${title} in the catalogue, which has an endpoint of others: ${endpoint}`;
      }),
    ],
  };
}

/** Others may have come to need them. */
function featuresOf(deployment: Deployment): readonly string[] {
  return [...new Set(declareFeatures(deployment).map(({ name }) => name))];
}

/** A share serves the services of all nodes, a right those of its own: a node that is away keeps nothing else from going. */
function absentAfter(one: Declaration, services: readonly Declaration[]): Declaration {
  const isShare = one.resource === smbShare;
  return { ...absentOf(one), after: services.filter(({ node }) => isShare || node === one.node).map(idOf) };
}

/** Whether it is there now; false where nobody can say. */
async function isThere(declared: Declaration, connections: Connections): Promise<boolean> {
  const session = connections.get(declared.node);
  if (!session || session instanceof Error) return false;
  try {
    return (await observe(absentOf(declared), session)).exists === true;
  } catch (error) {
    if (error instanceof ResourceError || error instanceof SessionError) return false;
    throw error;
  }
}

interface OthersEndpoint {
  readonly service: Declaration;
  readonly endpoint: string;
}

/** Endpoints of our services in the catalogue that are not ours: these services stay for them. */
async function othersEndpoints(
  ours: readonly Declaration[],
  connections: Connections,
): Promise<readonly OthersEndpoint[]> {
  const services = ours.filter(({ resource }) => resource === keystoneService);
  const found = await Promise.all(
    services.map(async (service): Promise<readonly OthersEndpoint[]> => {
      const session = connections.get(service.node);
      if (!session || session instanceof Error) return [];
      const { type } = service.spec as KeystoneEndpoint;
      const removed = ours.flatMap(({ resource, component, spec }) =>
        resource === keystoneEndpoint && component === service.component
          ? [nameOf(spec as KeystoneEndpoint)]
          : [],
      );
      const call = { call: 'Get-IdentityEndpointList', type };
      const all = await session.call<IdentityAnswer<'Get-IdentityEndpointList'>>(call);
      const others = all.map(nameOf).filter((name) => !removed.includes(name));
      return others.map((endpoint) => ({ service, endpoint }));
    }),
  );
  return found.flat();
}

function nameOf({
  interface: face,
  region,
}: {
  readonly interface: string;
  readonly region: string;
}): string {
  return `${face} in ${region}`;
}
