import { isDeepStrictEqual } from 'node:util';
import type { MadeThing } from '../../plan/journal/ownership.ts';
import { type KeystoneEndpoint, keystoneEndpoint } from '../../resources/keystone-endpoint/resource.ts';
import { type Declaration, declare, idOf } from '../../resources/model/resource.ts';

/**
 * Endpoints that runs from here have made for a region that the site no longer names, as not to be there: clients of that region would be
 * sent to a deployment that has moved. Each goes when the one of its interface is where the site wants it.
 */
export function formerEndpoints(
  made: readonly MadeThing[],
  declared: readonly Declaration[],
): readonly Declaration[] {
  const endpoints = declared.filter(({ resource }) => resource === keystoneEndpoint);
  const named = endpoints.map(({ spec }) => keystoneEndpoint.identity?.(spec as KeystoneEndpoint));
  return endpoints.flatMap((one) => {
    const spec = one.spec as KeystoneEndpoint;
    const former = made.filter(
      ({ step, identity }) =>
        step === idOf(one) &&
        identity.type === spec.type &&
        typeof identity.region === 'string' &&
        !named.some((name) => isDeepStrictEqual(name, identity)),
    );
    return former.map(({ identity: { region } }) =>
      declare({
        ...{ resource: keystoneEndpoint, component: one.component, node: one.node, needs: [] },
        name: `${one.name}-${region}`,
        after: [idOf(one)],
        spec: { ...spec, ensure: 'absent', region: String(region) },
      }),
    );
  });
}
