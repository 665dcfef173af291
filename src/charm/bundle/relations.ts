import type { Deployment } from '../../site/deployment.ts';
import { isOfferUrl } from '../lint/bundle/values.ts';
import type { Charm, CharmRelation } from '../model/charm.ts';
import type { BundleData, BundleInput, RelationEnds } from './model.ts';
import { isDatabase, type StoreCharm, servers } from './store-charms.ts';

/** What the site file names for an endpoint: an application, or the URL of an offer. */
function namedFor({ juju }: Deployment, endpoint: string): string | undefined {
  return juju?.relations[endpoint];
}

/** The offers of other models, and the relations to them; undefined where the site names none. */
export function offersOf({ deployment, charms }: BundleInput): BundleData | undefined {
  const offers = Object.entries(deployment.juju?.relations ?? {}).filter(([, target]) => isOfferUrl(target));
  if (offers.length === 0) return undefined;
  return {
    saas: Object.fromEntries(offers.map(([endpoint, url]) => [offerName(endpoint), { url }])),
    relations: offers.flatMap(([endpoint]) =>
      charms
        .filter(({ charm }) => charm.relations[endpoint])
        .map(({ charm }): RelationEnds => [`${charm.name}:${endpoint}`, offerName(endpoint)]),
    ),
  };
}

/** An application of a bundle cannot have `_` in its name. */
const offerName = (endpoint: string) => endpoint.replaceAll('_', '-');

/** The charms of the store that an overlay brings, and their relations. */
export interface Servers {
  readonly charms: readonly StoreCharm[];
  readonly relations: readonly RelationEnds[];
}

/**
 * What endpoints of ours are related to: those that are not optional and those that the site names, without those of offers and
 * `without`. `database` takes the place of the cluster of MySQL.
 */
export function serversOf(
  { deployment, charms }: BundleInput,
  without: (charm: Charm) => readonly string[] = () => [],
  database?: StoreCharm,
): Servers {
  const known = servers.map((one) => (database && isDatabase(one) ? database : one));
  const found = charms.flatMap(({ charm }) =>
    Object.entries(charm.relations).flatMap(([endpoint, relation]) => {
      const target = namedFor(deployment, endpoint);
      const server = known.find(({ provides }) => provides?.interface === relation.interface);
      const wanted = isRelatable(relation) && (!relation.optional || target !== undefined);
      if (!server || !wanted || without(charm).includes(endpoint) || isOfferUrl(target ?? '')) return [];
      const ends: RelationEnds = [`${charm.name}:${endpoint}`, `${server.name}:${server.provides?.endpoint}`];
      return [{ server, ends }];
    }),
  );
  const own = known.filter((one) => found.some(({ server }) => server === one));
  const below = own.flatMap((one) => databaseOf(one, deployment, known));
  const all = known.filter((one) => own.includes(one) || below.some(({ server }) => server === one));
  return { charms: all, relations: [...found, ...below].map(({ ends }) => ends) };
}

/** Whether it goes to an application that stands elsewhere: one on the same machine has no place in the bundle. */
export function isRelatable({ role, scope }: CharmRelation): boolean {
  return role === 'requires' && scope === undefined;
}

/** The database of a server: the one of the bundle, or the offer that the site names. */
function databaseOf(
  one: StoreCharm,
  deployment: Deployment,
  known: readonly StoreCharm[],
): readonly { readonly server?: StoreCharm; readonly ends: RelationEnds }[] {
  if (one.database === undefined) return [];
  const from = `${one.name}:${one.database}`;
  const offer = namedFor(deployment, 'shared-db');
  if (offer !== undefined && isOfferUrl(offer)) return [{ ends: [from, offerName('shared-db')] }];
  const server = known.find(isDatabase);
  return server ? [{ server, ends: [from, `${server.name}:${server.provides?.endpoint}`] }] : [];
}
