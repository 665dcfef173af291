import { load, YAMLException } from 'js-yaml';
import { type Facts, relationOf, textOption } from '../gather/facts.ts';
import { imagesAt } from '../site/images.ts';
import { atPath, isMap, joinParts, type SiteData, type SitePart } from '../site/site-part.ts';
import { type Condition, condition } from '../status/condition.ts';
import type { ConfigValue } from '../tools/hook-tools.ts';
import { secretFor } from './credentials.ts';

interface FromOptions {
  readonly part: SitePart;
  readonly conditions: readonly Condition[];
}

const serviceSecret = 'service-password';
const databaseSecret = 'database-password';
const sizes = { B: 0, KB: 1, MB: 2, GB: 3, TB: 4, PB: 5 } as const;

/** What the options of the charm say of the site. Options that name a key of the site file take it as it is. */
export function optionsPart(facts: Facts): FromOptions {
  const { charm, config } = facts;
  const plain = Object.entries(charm.options).flatMap(([option, { site }]): readonly SitePart[] => {
    const value = config[option];
    return site === undefined || value === undefined || value === '' ? [] : [{ site: atPath(site, value) }];
  });
  const found = [
    ...[flags(facts), sizeCap(facts), images(facts), serviceAccount(facts), ownDatabase(facts)],
    internalEndpoints(facts),
  ];
  return {
    part: joinParts([...plain, ...found.flatMap(({ part }) => part ?? [])]),
    conditions: found.flatMap(({ conditions }) => conditions),
  };
}

interface Found {
  readonly part?: SitePart;
  readonly conditions: readonly Condition[];
}
const unset: Found = { conditions: [] };

const ofComponent = ({ charm }: Facts, path: string, value: unknown): SiteData =>
  atPath(`components.${charm.component}.${path}`, value);

/** `name=value, name=value` of api-config-flags. */
function flags(facts: Facts): Found {
  const text = textOption(facts, 'api-config-flags');
  if (text === undefined) return unset;
  const entries = text.split(',').map((entry) => entry.split(/=(.*)/s).map((part) => part.trim()));
  const wrong = entries.find(([name, value]) => !name || value === undefined);
  if (wrong) return { conditions: [condition('flags-invalid', { flag: wrong[0] ?? '' })] };
  const values = Object.fromEntries(entries.map(([name = '', value = '']) => [name, typed(value)]));
  return { conditions: [], part: { site: ofComponent(facts, 'options.DEFAULT', values) } };
}

/** Numbers and truth as the catalogue of options wants them. */
function typed(value: string): ConfigValue {
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return /^-?\d+$/.test(value) ? Number(value) : value;
}

function sizeCap(facts: Facts): Found {
  const text = textOption(facts, 'image-size-cap');
  if (text === undefined) return unset;
  const [, number, unit = 'B'] = /^(\d+)\s*([KMGTP]?B)?$/i.exec(text) ?? [];
  if (number === undefined) return { conditions: [condition('cap-invalid', { value: text })] };
  const bytes = Number(number) * 1024 ** sizes[unit.toUpperCase() as keyof typeof sizes];
  return { conditions: [], part: { site: ofComponent(facts, 'options.DEFAULT.image_size_cap', bytes) } };
}

/** A share, a cluster shared volume, or a folder of the one node. */
function images(facts: Facts): Found {
  const path = textOption(facts, 'filesystem-store-datadir');
  return path === undefined ? unset : { conditions: [], part: imagesAt(facts.charm.component, path) };
}

function serviceAccount(facts: Facts): Found {
  if (textOption(facts, 'service-credentials') === undefined) return unset;
  const secret = secretFor(facts, 'service-credentials', ['password']);
  if ('missing' in secret) return { conditions: [secret.missing] };
  return {
    conditions: [],
    part: {
      site: ofComponent(facts, 'service.password', { secret: serviceSecret }),
      secrets: { [serviceSecret]: secret.values.password ?? '' },
    },
  };
}

/** Which endpoint of the identity service keystonemiddleware takes from the catalogue; nothing is asked without an identity service. */
function internalEndpoints(facts: Facts): Found {
  if (facts.config['use-internal-endpoints'] !== true || !relationOf(facts, 'identity-service')) return unset;
  return {
    conditions: [],
    part: { site: ofComponent(facts, 'options.keystone_authtoken.interface', 'internal') },
  };
}

/** A database without a relation. */
function ownDatabase(facts: Facts): Found {
  const connection = textOption(facts, 'database-connection');
  if (connection === undefined) return unset;
  const database = { connection, sync: facts.leader };
  if (textOption(facts, 'database-credentials') === undefined)
    return { conditions: [], part: { site: ofComponent(facts, 'database', database) } };
  const secret = secretFor(facts, 'database-credentials', ['password']);
  if ('missing' in secret) return { conditions: [secret.missing] };
  return {
    conditions: [],
    part: {
      site: ofComponent(facts, 'database', { ...database, password: { secret: databaseSecret } }),
      secrets: { [databaseSecret]: secret.values.password ?? '' },
    },
  };
}

/** The keys of `site-config`, which come last. */
export function siteConfig(facts: Facts): Found {
  const text = textOption(facts, 'site-config');
  if (text === undefined) return unset;
  try {
    const data = load(text);
    if (isMap(data)) return { conditions: [], part: { site: data } };
    return { conditions: [condition('config-no-map')] };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark?.line ?? 0) + 1;
    return { conditions: [condition('config-syntax', { line, reason: error.reason })] };
  }
}

/** The port of the image service, which only `site-config` changes. */
const standardPort = 9292;

/** The port that the service listens on. */
export function portOf(facts: Facts): number {
  const port = valueAt(siteConfig(facts).part?.site, ['components', facts.charm.component, 'bind', 'port']);
  return typeof port === 'number' ? port : standardPort;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isMap(inner) ? inner[key] : undefined), data);
}
