import type { Charm, CharmFlavour, CharmRelation, CharmSource } from './charm.ts';
import { commonActions } from './common-actions.ts';
import { commonOptions, nodeResources, nodeRuntime } from './common-options.ts';

/** The charm of a component: what every charm has, and over it what the component adds; only what this flavour has. */
export function toCharm(source: CharmSource, flavour: CharmFlavour): Charm {
  const { name, title, charm: own = {} } = source;
  const summary = own.summary ?? `The ${title} on Windows Server`;
  return {
    flavour,
    component: name,
    name: own.name ?? `${name}-windows`,
    title,
    summary,
    description: own.description ?? `${summary}, installed, configured and verified by oriel.`,
    tags: own.tags ?? ['openstack', 'windows'],
    options: ofFlavour({ ...commonOptions, ...own.options }, flavour),
    relations: ofFlavour({ cluster: peersOf(name), ...own.relations }, flavour),
    actions: ofFlavour({ ...commonActions, ...own.actions }, flavour),
    resources: ofFlavour(
      { ...packageOf(source), [nodeRuntime]: nodeResources[flavour], ...own.resources },
      flavour,
    ),
    extraBindings: own.extraBindings ?? [],
    bundle: own.bundle ?? {},
  };
}

/** Units know each other, and the leader writes what all of them need. */
function peersOf(component: string): CharmRelation {
  return { role: 'peers', interface: `${component}-ha` };
}

/** The resource of the package is `NAME-msi`, that of the bundle to build it from `NAME-payload`; packages are built on Linux. */
function packageOf({ name, title, package: msi }: CharmSource): Charm['resources'] {
  if (msi === undefined) return {};
  const description = `Windows package of the ${title}, made by oriel build`;
  const bundle = 'Payload bundle of oriel payload bundle, to build the package from where there is none';
  return {
    [`${name}-msi`]: { filename: `${name}.msi`, description },
    ...(msi.payload && {
      [`${name}-payload`]: { filename: `${name}-payload.tar`, description: bundle, flavours: ['proxy'] },
    }),
  };
}

function ofFlavour<Value extends { readonly flavours?: readonly CharmFlavour[] }>(
  all: { readonly [name: string]: Value },
  flavour: CharmFlavour,
): { readonly [name: string]: Value } {
  return Object.fromEntries(
    Object.entries(all).filter(([, { flavours }]) => flavours === undefined || flavours.includes(flavour)),
  );
}
