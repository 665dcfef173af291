import type { OptionValues } from '../model/charm.ts';
import { writeYaml } from '../yaml/write.ts';
import { unitsOf } from './base.ts';
import type { ApplicationData, BundleData, BundleInput, CharmOfBundle } from './model.ts';
import { nodesText, typed } from './options.ts';
import { machineFor, place, settingsFor, storeApplication } from './place.ts';
import { type Servers, serversOf } from './relations.ts';
import { haproxy, mysqlAlone, type StoreCharm } from './store-charms.ts';

/** One unit, the first node and a database in a file; the servers that are still needed have one unit each. */
export function developmentOf(input: BundleInput): BundleData {
  const servers = serversOf(input, ({ bundle }) => bundle.development?.without ?? [], mysqlAlone);
  return overlayOf(input, servers, {
    units: () => 1,
    options: ({ charm, nodes }) => ({
      ...(charm.flavour === 'proxy' && { 'windows-nodes': nodesText(nodes.slice(0, 1)) }),
      ...charm.bundle.development?.options,
    }),
  });
}

/** Two units at least, with MySQL, Keystone and a load balancer before the nodes. */
export function twoNodesOf(input: BundleInput): BundleData {
  const { charms, relations } = serversOf(input);
  const services = servicesOf(input);
  const all = services.length === 0 ? charms : [...charms, haproxy];
  const overlay = overlayOf(
    input,
    { charms: all, relations },
    {
      units: (one) =>
        'charm' in one ? unitsOf(input, one, 2) : (settingsFor(input, one.name).units ?? one.units),
      options: () => ({}),
    },
  );
  const balancer = overlay.applications?.[haproxy.name];
  if (!balancer) return overlay;
  const options = { services: writeYaml(services) };
  return { ...overlay, applications: { ...overlay.applications, [haproxy.name]: { ...balancer, options } } };
}

/** Data on a volume of Storage Spaces Direct; goes over another overlay. Undefined where no charm keeps data. */
export function s2dOf({ charms, deployment }: BundleInput): BundleData | undefined {
  const found = charms.flatMap(({ charm }) => {
    const options = charm.bundle.s2d && typed(charm.options, charm.bundle.s2d(deployment));
    return options ? [[charm.name, { options }] as const] : [];
  });
  return found.length === 0 ? undefined : { applications: Object.fromEntries(found) };
}

interface Shape {
  readonly units: (one: CharmOfBundle | StoreCharm) => number;
  readonly options: (one: CharmOfBundle) => { readonly [name: string]: OptionValues[string] | undefined };
}

/** Machines are those of all applications: what an overlay says of them replaces those of the bundle. */
function overlayOf(input: BundleInput, { charms, relations }: Servers, shape: Shape): BundleData {
  const own = input.charms.map((one) => ({
    application: one.charm.name,
    units: shape.units(one),
    machine: machineFor(input, one.charm),
  }));
  const others = charms.map((one) => ({
    application: one.name,
    units: shape.units(one),
    machine: machineFor(input, one),
  }));
  const { machines, places } = place([...own, ...others]);
  const changed = input.charms.map(({ charm }, index): [string, ApplicationData] => {
    const to = places.get(charm.name) ?? [];
    const one = input.charms[index];
    const options = one ? typed(charm.options, shape.options(one)) : {};
    return [charm.name, { num_units: to.length, to, ...(Object.keys(options).length > 0 && { options }) }];
  });
  const added = charms.map(
    (one) => [one.name, storeApplication(input, one, places.get(one.name) ?? [])] as const,
  );
  return {
    machines,
    applications: Object.fromEntries([...changed, ...added]),
    ...(relations.length > 0 && { relations }),
  };
}

/** What the load balancer serves, as its option has it: a list in YAML. */
function servicesOf({ charms, deployment }: BundleInput): readonly object[] {
  return charms.flatMap(({ charm, nodes }) => {
    const port = charm.bundle.port?.(deployment);
    if (port === undefined) return [];
    return [
      {
        service_name: charm.name,
        service_host: '0.0.0.0',
        service_port: port,
        service_options: [
          'mode http',
          'balance leastconn',
          `option httpchk GET ${deployment.rollout.health.http}`,
        ],
        servers: nodes.map(({ name, address }) => [name, address, port, ['check']]),
      },
    ];
  });
}
