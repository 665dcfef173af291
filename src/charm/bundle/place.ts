import type { JujuApplication } from '../../site/juju-settings.ts';
import type { ApplicationData, BundleInput, CharmOfBundle, MachineData } from './model.ts';
import type { StoreCharm } from './store-charms.ts';

const standardConstraints = 'arch=amd64 mem=2G';
/** Every model has it; a manual cloud has no other unless somebody makes one. */
const standardSpace = 'alpha';

/** Units that get machines of their own. */
interface Units {
  readonly application: string;
  readonly units: number;
  readonly machine: MachineData;
}

/** Machines for units, counted from 0, and on which of them each application is; containers would be out of reach of Windows nodes. */
export function place(all: readonly Units[]): {
  readonly machines: { readonly [id: string]: MachineData };
  readonly places: ReadonlyMap<string, readonly string[]>;
} {
  const machines: { [id: string]: MachineData } = {};
  const places = new Map<string, readonly string[]>();
  for (const { application, units, machine } of all) {
    const first = Object.keys(machines).length;
    const ids = Array.from({ length: units }, (_, index) => String(first + index));
    for (const id of ids) machines[id] = machine;
    places.set(application, ids);
  }
  return { machines, places };
}

/** What the site says of an application. */
export function settingsFor({ deployment }: BundleInput, application: string): JujuApplication {
  return deployment.juju?.applications[application] ?? {};
}

/** What a machine of an application has; those of native charms are Windows. */
export function machineFor(
  input: BundleInput,
  { name, flavour }: { readonly name: string; readonly flavour?: CharmOfBundle['charm']['flavour'] },
): MachineData {
  const constraints = settingsFor(input, name).constraints ?? standardConstraints;
  return { constraints, ...(flavour === 'native' && { series: input.series }) };
}

/** The keys that every application has; none of these charms asks for the credentials of the cloud. */
export function commonKeys(input: BundleInput, application: string): ApplicationData {
  const { constraints = standardConstraints, space = standardSpace } = settingsFor(input, application);
  return { trust: false, constraints, bindings: { '': space } };
}

/** An application of the store; `charm` with its scheme, as a bare name deploys only once. */
export function storeApplication(
  input: BundleInput,
  { name, channel, expose }: StoreCharm,
  to: readonly string[],
): ApplicationData {
  return {
    charm: `ch:${name}`,
    channel: settingsFor(input, name).channel ?? channel,
    num_units: to.length,
    to,
    expose,
    ...commonKeys(input, name),
  };
}
