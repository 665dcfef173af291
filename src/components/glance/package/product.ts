import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MsiArtifact } from '../../../artifact.ts';
import { BuildError } from '../../../errors.ts';
import type { MsiFile, MsiModel } from '../../../msi/model/model.ts';
import { hashFile } from '../../../payload/cache/files.ts';
import type { PayloadTree } from '../../../payload/tree/tree.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { glanceVersion, windowsPaths } from '../facts/paths.ts';
import { packageActions, packageProperties } from './actions.ts';
import { ownFiles } from './files.ts';
import { configureLibrary } from './install-actions.ts';
import { readProduct, servicesOf } from './product-file.ts';
import { packageFeatures, packageService } from './services.ts';

/** 1980-01-01, the first date that a cabinet can hold: the date of a build says nothing and would change every package. */
const epoch = 315_532_800;
const programData = 'C:\\ProgramData\\';
const programFiles = 'C:\\Program Files\\';

/** The package of Glance as data: the payload below `python`, our programs, the services of the features and their folders. */
export async function glanceProduct(
  deployment: Deployment,
  tree: PayloadTree,
  bytecode: readonly MsiFile[],
): Promise<MsiModel> {
  const product = readProduct();
  const { name, upgradeCode, comments, launchConditions } = product;
  const { config, data, install, locks, logs } = windowsPaths;
  const folders = { DATADIR: data, CONFIGDIR: config, LOGDIR: logs, LocksFolder: locks };
  return {
    name,
    upgradeCode,
    comments,
    manufacturer: deployment.msi.manufacturer,
    version: glanceVersion(deployment.release),
    installDirectory: segments(install, programFiles),
    features: packageFeatures(product),
    files: [...(await ownFiles(product, deployment.release)), ...bytecode, ...payloadFiles(tree)],
    directories: Object.entries(folders).map(([id, path]) => ({
      id,
      root: 'CommonAppDataFolder',
      path: segments(path, programData),
    })),
    services: servicesOf(product).map(packageService),
    properties: packageProperties(product),
    binaries: [configureLibrary()],
    actions: packageActions,
    launchConditions,
    epoch,
  };
}

/** Name of the package file of a release, without `.msi`. */
export function packageBaseName(deployment: Pick<Deployment, 'release'>): string {
  return `oriel-glance-${glanceVersion(deployment.release)}`;
}

function payloadFiles({ root, files }: PayloadTree): readonly MsiFile[] {
  return files.map(({ path }) => ({ source: join(root, path), target: `python/${path}` }));
}

function segments(path: string, root: string): readonly string[] {
  return path.slice(root.length).split('\\');
}

const builtSchema = z.object({
  name: z.string(),
  version: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  origin: z.literal('made'),
  productName: z.string(),
  productCode: z.string(),
  upgradeCode: z.string(),
  files: z.number(),
  /** SHA-256 over all that it was made from. */
  inputs: z.string(),
});

export type BuiltPackage = MsiArtifact & { readonly inputs: string };

/**
 * The package that `oriel build` made for the release of `deployment` in the folder `out`; undefined when there is none. Throws
 * BuildError when the package is not the file that its description beside it says.
 */
export async function readBuilt(
  deployment: Pick<Deployment, 'release'>,
  out: string,
): Promise<BuiltPackage | undefined> {
  const base = resolve(out, packageBaseName(deployment));
  const text = await readFile(`${base}.json`, 'utf8').catch(() => undefined);
  const built = text === undefined ? undefined : builtSchema.parse(JSON.parse(text));
  const path = `${base}.msi`;
  const hash = built && (await hashFile(path).catch(() => undefined));
  if (!built || !hash) return undefined;
  if (hash.sha256 !== built.sha256)
    throw new BuildError(
      `${path} has SHA-256 ${hash.sha256}, but ${built.sha256} was built`,
      'delete it and run `oriel build`; find out who changed it',
    );
  return { ...built, path };
}
