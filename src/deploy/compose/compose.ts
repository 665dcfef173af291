import { join } from 'node:path';
import type { MsiArtifact } from '../../artifact.ts';
import { readBuilt } from '../../build/built.ts';
import { componentsOf, runs } from '../../components/index.ts';
import type { Component } from '../../components/model/component.ts';
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

export interface Composed {
  readonly declared: readonly Declaration[];
  /** SHA-256 of the packages to install. */
  readonly artifacts: readonly string[];
}

/**
 * All that a deployment wants on its nodes: Windows and storage first, then each component from the package that was built for it.
 * Where only some are `asked` for, another one without its package is left out. Throws BuildError where there is none, InputError for
 * a certificate that is none and for a site that no file can carry.
 */
export async function composed(
  deployment: Deployment,
  salt: string,
  asked?: readonly string[],
): Promise<Composed> {
  const own: Component[] = [];
  const packages = new Map<Component, MsiArtifact>();
  for (const component of componentsOf(deployment)) {
    const built = await builtPackage(component, deployment);
    if (built) packages.set(component, built);
    else if (component.package && (asked?.includes(component.name) ?? true))
      throw notBuilt(component.package.baseName(deployment), deployment);
    if (built || !component.package) own.push(component);
  }
  const rendered = own.map((component) => [component, renderedFiles(component, deployment)] as const);
  const features = withRestarts(deployment, declareFeatures(deployment));
  const certificates = await declareCertificates(deployment, (node) => accountsOn(node, deployment));
  const storage = declareStorage(deployment);
  const after = storage.map(idOf);
  const components = rendered.map(([component, files]) => {
    const built = packages.get(component);
    const inputs = { ...(built && { package: built }), files, salt, after };
    return [component.name, component.declare(deployment, inputs)] as const;
  });
  return {
    declared: joined({ windows: [...features, ...certificates], storage, ...Object.fromEntries(components) }),
    artifacts: [...packages.values()].map(({ sha256 }) => sha256),
  };
}

/** What the components of a site register with services that are no nodes. */
export function declareExternal(deployment: Deployment): readonly Declaration[] {
  return componentsOf(deployment).flatMap(({ external }) => external?.(deployment) ?? []);
}

async function builtPackage(
  { package: product }: Component,
  deployment: Deployment,
): Promise<MsiArtifact | undefined> {
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
