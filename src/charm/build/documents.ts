import type { Charm, CharmAction, CharmRelation } from '../model/charm.ts';
import { writeYaml } from '../yaml/write.ts';

/** The series of Windows that Juju 2.9 knows and Node.js 20 runs on; Windows Server 2012 has the proxy charm. */
export const nativeSeries: readonly string[] = ['win2012r2', 'win2016', 'win2019'];
/** Versions of Ubuntu that the proxy charm runs on. */
export const proxyChannels: readonly string[] = ['22.04', '24.04'];
export const proxyArchitectures: readonly string[] = ['amd64', 'arm64'];

/** The YAML files of a charm, by name. */
export function charmDocuments(charm: Charm): ReadonlyMap<string, string> {
  const proxy = charm.flavour === 'proxy';
  const documents: Readonly<Record<string, object | undefined>> = {
    'metadata.yaml': metadata(charm),
    'config.yaml': { options: mapped(charm.options, ({ flavours, site, ...option }) => option) },
    'actions.yaml': mapped(charm.actions, action),
    'manifest.yaml': proxy ? manifest() : undefined,
    'charmcraft.yaml': proxy ? project() : undefined,
  };
  return new Map(
    Object.entries(documents).flatMap(([name, data]) => (data ? [[name, writeYaml(data)] as const] : [])),
  );
}

function metadata({ flavour, name, title, summary, description, tags, ...charm }: Charm): object {
  const bindings = Object.fromEntries(charm.extraBindings.map((binding) => [binding, null]));
  return {
    name,
    'display-name': title,
    summary,
    description,
    maintainers: ['oriel <oriel@example.org>'],
    tags,
    subordinate: false,
    ...(flavour === 'native'
      ? { series: nativeSeries, 'min-juju-version': '2.0.0' }
      : { assumes: ['juju >= 2.9'] }),
    ...(charm.extraBindings.length > 0 && { 'extra-bindings': bindings }),
    ...endpoints(charm.relations),
    resources: mapped(charm.resources, ({ filename, description: text }) => ({
      type: 'file',
      filename,
      description: text,
    })),
  };
}

/** `provides`, `requires` and `peers`, each where it has one. */
function endpoints(relations: Charm['relations']): object {
  const roles: readonly CharmRelation['role'][] = ['provides', 'requires', 'peers'];
  return Object.fromEntries(
    roles.flatMap((role) => {
      const own = Object.entries(relations).filter(([, relation]) => relation.role === role);
      return own.length > 0 ? [[role, mapped(Object.fromEntries(own), endpoint)]] : [];
    }),
  );
}

function endpoint({ interface: name, optional, scope, role }: CharmRelation): object {
  return {
    interface: name,
    ...(role !== 'peers' && { optional: optional === true }),
    ...(scope && { scope }),
  };
}

function action({ description, parameters, required }: CharmAction): object {
  return {
    description,
    ...(parameters && { params: parameters }),
    ...(required && { required }),
    // Juju 3 takes others unless told otherwise, Juju 4 does not.
    additionalProperties: false,
  };
}

function manifest(): object {
  const base = { name: 'ubuntu', architectures: proxyArchitectures };
  return { bases: proxyChannels.map((channel) => ({ ...base, channel })) };
}

/** For `charmcraft pack` in the unpacked charm; the other YAML files are there, so it repeats none of them. */
function project(): object {
  const platforms = proxyChannels.flatMap((channel) =>
    proxyArchitectures.map((architecture) => [`ubuntu@${channel}:${architecture}`, null]),
  );
  return {
    type: 'charm',
    parts: { charm: { plugin: 'dump', source: '.', prime: ['*'] } },
    platforms: Object.fromEntries(platforms),
  };
}

function mapped<Value>(all: { readonly [name: string]: Value }, turn: (value: Value) => object): object {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, turn(value)]));
}
