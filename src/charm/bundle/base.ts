import type { ApplicationData, BundleData, BundleInput, CharmOfBundle } from './model.ts';
import { optionsOf } from './options.ts';
import { commonKeys, machineFor, place, settingsFor } from './place.ts';

/** Ubuntu 22.04, which every charm of these bundles runs on. */
const base = { juju3: 'ubuntu@22.04/stable', juju2: 'jammy' };

/** The first document: our applications alone, as Juju reads it before any overlay. */
export function baseOf(input: BundleInput): BundleData {
  const { machines, places } = place(
    input.charms.map((one) => ({
      application: one.charm.name,
      units: unitsOf(input, one),
      machine: machineFor(input, one.charm),
    })),
  );
  const titles = input.charms.map(({ charm }) => charm.title).join(', ');
  return {
    description: `${titles} on Windows Server`,
    ...(input.juju === '2.9' ? { series: base.juju2 } : { 'default-base': base.juju3 }),
    machines,
    applications: Object.fromEntries(
      input.charms.map((one) => [
        one.charm.name,
        ownApplication(input, one, places.get(one.charm.name) ?? []),
      ]),
    ),
  };
}

/** A proxy brings up any number of nodes; a native charm has a unit on each. */
export function unitsOf(input: BundleInput, { charm, nodes }: CharmOfBundle, least = 1): number {
  const standard = charm.flavour === 'native' ? Math.max(nodes.length, least) : least;
  return settingsFor(input, charm.name).units ?? standard;
}

function ownApplication(input: BundleInput, one: CharmOfBundle, to: readonly string[]): ApplicationData {
  const { charm, path, resources } = one;
  const isNative = charm.flavour === 'native';
  return {
    charm: path,
    ...(isNative && { series: input.series }),
    resources,
    num_units: to.length,
    to,
    // The service listens on Windows nodes: there is nothing to open on the machine of a proxy.
    expose: isNative,
    ...commonKeys(input, charm.name),
    options: optionsOf(one, input),
  };
}
