import { join } from 'node:path';
import { readBuilt } from '../../build/built.ts';
import { componentsOf, runs } from '../../components/index.ts';
import type { Component, ComponentInputs, UnbuiltPackage } from '../../components/model/component.ts';
import { declareStorage } from '../../components/storage/shares.ts';
import { declareCertificates } from '../../components/windows/certificates.ts';
import { declareFeatures } from '../../components/windows/features.ts';
import { withRestarts } from '../../components/windows/reboot.ts';
import { BuildError } from '../../errors.ts';
import type { RenderedFile } from '../../render/rendered.ts';
import { joined } from '../../resources/model/distinct.ts';
import { type Declaration, idOf } from '../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../site/deployment.ts';
import { nodesOf } from './nodes.ts';

/** Which components are meant, and how one does whose package nobody has built here. */
export interface ComposeOptions {
  /** Only these have to have theirs. */
  readonly asked?: readonly string[] | undefined;
  /** What is known of a package that is not there; nothing where it has to be. */
  readonly unbuilt?: (component: Component) => Promise<UnbuiltPackage>;
}

type Package = NonNullable<ComponentInputs['package']>;

export interface Composed {
  readonly declared: readonly Declaration[];
  /** SHA-256 of the packages to install. */
  readonly artifacts: readonly string[];
}

/**
 * All that a deployment wants on its nodes: Windows and storage first, then each component from the package that was built for it.
 * Where only some are `asked` for, another one without its package is left out. Throws BuildError where there is none and nothing
 * is said of it, InputError for a certificate that is none and for a site that no file can carry.
 */
export async function composed(
  deployment: Deployment,
  salt: string,
  { asked, unbuilt }: ComposeOptions = {},
): Promise<Composed> {
  const own: Component[] = [];
  const packages = new Map<Component, Package>();
  for (const component of componentsOf(deployment)) {
    const isAsked = asked?.includes(component.name) ?? true;
    const known =
      (await builtPackage(component, deployment)) ??
      (isAsked && component.package ? await unbuilt?.(component) : undefined);
    if (known) packages.set(component, known);
    else if (component.package && isAsked) throw notBuilt(component.package.baseName(deployment), deployment);
    if (known || !component.package) own.push(component);
  }
  const rendered = own.map((component) => [component, renderedFiles(component, deployment)] as const);
  const features = withRestarts(deployment, declareFeatures(deployment));
  const certificates = await declareCertificates(deployment, (node) => accountsOn(node, deployment));
  const storage = declareStorage(deployment);
  const after = storage.map(idOf);
  const components = rendered.map(([component, files]) => {
    const known = packages.get(component);
    const inputs = { ...(known && { package: known }), files, salt, after };
    return [component.name, component.declare(deployment, inputs)] as const;
  });
  return {
    declared: joined({ windows: [...features, ...certificates], storage, ...Object.fromEntries(components) }),
    artifacts: [...packages.values()].flatMap((one) => ('unbuilt' in one ? [] : [one.sha256])),
  };
}

/** What the components of a site register with services that are no nodes. */
export function declareExternal(deployment: Deployment): readonly Declaration[] {
  return componentsOf(deployment).flatMap(({ external }) => external?.(deployment) ?? []);
}

async function builtPackage(
  { package: product }: Component,
  deployment: Deployment,
): Promise<Package | undefined> {
  if (!product) return undefined;
  return readBuilt(product, deployment, join(deployment.directory, 'dist'));
}

function notBuilt(base: string, { directory, file, release }: Deployment): BuildError {
  return new BuildError(
    `${join(directory, 'dist', base)}.msi: the package for ${release} is not built`,
    `build it: oriel build ${file} --release ${release}`,
  );
}

/** The files of each node, rendered at once: what no file can carry is said before anything is done. */
function renderedFiles(
  component: Component,
  deployment: Deployment,
): (node: NodeSettings) => readonly RenderedFile[] {
  const files = new Map(
    nodesOf(component, deployment).map((node) => [node.name, component.files(deployment, node)]),
  );
  return ({ name }) => files.get(name) ?? [];
}

/** Whom the services of a node run as. */
function accountsOn(node: NodeSettings, deployment: Deployment): readonly string[] {
  const own = componentsOf(deployment).filter((component) => runs(component, node));
  return [...new Set(own.flatMap(({ account }) => account?.(deployment) ?? []))];
}
