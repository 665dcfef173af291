import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MsiArtifact } from '../../../artifact.ts';
import { dataFile } from '../../../data-files.ts';
import { BuildError } from '../../../errors.ts';
import type { MsiFile, MsiModel } from '../../../msi/model/model.ts';
import { hashFile } from '../../../payload/cache/files.ts';
import type { PayloadTree } from '../../../payload/tree/tree.ts';
import { loadProduct } from '../../../product/load.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { glanceVersion } from '../facts/paths.ts';
import { assertUnchanged, textFiles } from './files.ts';

/** The product file of Glance. */
export function productFile(): string {
  return dataFile('msi', 'glance', 'product.yaml');
}

/** What stands in the product file for what a build decides. */
export function productVariables({ release, msi }: Pick<Deployment, 'release' | 'msi'>): {
  readonly version: string;
  readonly manufacturer: string;
} {
  return { version: glanceVersion(release), manufacturer: msi.manufacturer };
}

/** The package of Glance as data: the payload below `python`, our programs, the services of the features and their folders. */
export async function glanceProduct(
  deployment: Deployment,
  tree: PayloadTree,
  bytecode: readonly MsiFile[],
): Promise<MsiModel> {
  await assertUnchanged(productFile());
  return loadProduct(productFile(), productVariables(deployment), {
    texts: textFiles(deployment.release),
    bytecode,
    python: payloadFiles(tree),
  });
}

/** Name of the package file of a release, without `.msi`. */
export function packageBaseName(deployment: Pick<Deployment, 'release'>): string {
  return `oriel-glance-${glanceVersion(deployment.release)}`;
}

function payloadFiles({ root, files }: PayloadTree): readonly MsiFile[] {
  return files.map(({ path }) => ({ source: join(root, path), target: path }));
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
