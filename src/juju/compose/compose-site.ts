import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Facts, relationOf, textOption } from '../gather/facts.ts';
import type { Surroundings } from '../relations/handler.ts';
import { relationHandlers } from '../relations/index.ts';
import { joinParts, type SitePart } from '../site/site-part.ts';
import { type Condition, condition } from '../status/condition.ts';
import { windowsCredentials } from './credentials.ts';
import { optionsPart, siteConfig } from './options.ts';

/** A composed site, or all that is still missing for one. */
export interface ComposedSite {
  readonly part: Required<SitePart>;
  readonly conditions: readonly Condition[];
}

/** Endpoints that a charm does not need where an option says the same. */
const insteadOf: Readonly<Record<string, string>> = { 'shared-db': 'database-connection' };

/** Everything that a unit knows as one site: the charm's options, its nodes, what relations say, and `site-config` over all of it. */
export function composeSite(surroundings: Surroundings): ComposedSite {
  const { facts, share } = surroundings;
  const { charm } = facts;
  const access = charm.flavour === 'proxy' ? windowsCredentials(facts) : { conditions: [] };
  const related = Object.keys(charm.relations).map((endpoint) => ofRelation(endpoint, surroundings));
  const options = optionsPart(facts);
  const more = siteConfig(facts);
  const found = [related, access, options, more].flat();
  return {
    part: joinParts([
      base(surroundings),
      options.part,
      ...[access, ...related, more].flatMap(({ part }) => part ?? []),
    ]),
    conditions: [
      ...missingRelations(facts).map((endpoint) => condition('relation-missing', { endpoint })),
      ...share.conditions,
      ...found.flatMap(({ conditions }) => conditions),
    ],
  };
}

function ofRelation(
  endpoint: string,
  surroundings: Surroundings,
): { readonly part?: SitePart; readonly conditions: readonly Condition[] } {
  const relation = relationOf(surroundings.facts, endpoint);
  const read = relationHandlers[endpoint]?.read;
  return relation && read ? read(relation, surroundings) : { conditions: [] };
}

/** Endpoints without which nothing works and that have no relation. */
export function missingRelations(facts: Facts): readonly string[] {
  return Object.entries(facts.charm.relations).flatMap(([endpoint, { role, optional }]) => {
    if (role !== 'requires' || optional || relationOf(facts, endpoint)) return [];
    const instead = insteadOf[endpoint];
    return instead !== undefined && textOption(facts, instead) !== undefined ? [] : [endpoint];
  });
}

/** The name is that of the application: it is the same for all its units. */
function base({ facts, share }: Surroundings): SitePart {
  const { charm, event } = facts;
  const own = charm.flavour === 'native' ? { via: 'local' } : {};
  const nodes = share.own.map(({ name, address }) => [name, { address, ...own }]);
  return {
    site: {
      name: event.application,
      secrets: [{ env: secretPrefix }],
      components: { [charm.component]: {} },
      nodes: Object.fromEntries(nodes),
    },
  };
}

const secretPrefix = 'ORIEL_CHARM_';

/** Secrets as the loader of a site reads them: they never are in a file, nor in the environment of this process. */
export function secretEnvironment(
  secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [
      secretPrefix + name.toUpperCase().replace(/[^A-Z0-9]/g, '_'),
      value,
    ]),
  );
}

/** Writes the site and the files that it names to a folder that only its owner can read. Gives the path of the site file. */
export async function writeSite({ site, files }: Required<SitePart>, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // What an earlier site brought, such as the CA of a database, is not left behind.
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isFile() && files[entry.name] === undefined) await rm(join(folder, entry.name));
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), content, { mode: 0o600 });
  const file = join(folder, 'site.yaml');
  // JSON is YAML.
  await writeFile(file, `${JSON.stringify(site, null, 2)}\n`, { mode: 0o600 });
  return file;
}
