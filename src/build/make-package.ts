import { join } from 'node:path';
import type { MsiArtifact } from '../artifact.ts';
import type { ComponentPackage } from '../components/model/package.ts';
import type { Emit } from '../events/events.ts';
import { buildMsi } from '../msi/build/build.ts';
import type { MsiFile, MsiModel } from '../msi/model/model.ts';
import { signFile, signPrograms } from '../msi/sign/sign.ts';
import type { Signer } from '../msi/sign/signer.ts';
import { withScratch } from '../payload/cache/cache.ts';
import { hashFile } from '../payload/cache/files.ts';
import { withProgress } from '../payload/cache/progress.ts';
import type { PayloadInputs } from '../payload/resolve.ts';
import type { PayloadTree } from '../payload/tree/tree.ts';
import type { Supplied } from '../product/gather.ts';
import { loadProduct } from '../product/load.ts';
import type { PackageSettings } from '../site/deployment.ts';

export interface NewPackage {
  readonly artifact: MsiArtifact;
  /** SHA-256 before the package was signed; absent where it was not. */
  readonly unsigned?: string;
}

interface PackageRequest {
  readonly inputs: PayloadInputs | undefined;
  readonly tree: PayloadTree | undefined;
  readonly signer: Signer | undefined;
  readonly out: string;
  readonly cache: string;
  readonly emit: Emit;
}

/** Makes the package of a deployment in the folder `out`, signed where there is a signer. Throws BuildError; `out` has no half of it. */
export async function makePackage(
  product: ComponentPackage,
  deployment: PackageSettings,
  { inputs, tree, signer, out, cache, emit }: PackageRequest,
): Promise<NewPackage> {
  const name = `${product.baseName(deployment)}.msi`;
  const blocks = join(cache, 'blocks');
  return withScratch(cache, async (scratch) => {
    const own = await product.supply?.({ deployment, scratch, emit, ...(inputs && { payload: inputs }) });
    const plain = await packageModel(product, deployment, tree, own);
    const model = signer ? await signPrograms(signer, plain, scratch) : plain;
    if (!signer) return { artifact: await buildMsi(model, join(out, name), { emit, cache: blocks }) };
    const unsigned = await buildMsi(model, join(scratch, name), { emit, cache: blocks });
    const path = join(out, name);
    await withProgress(emit, 'sign', `signing ${name}`, () =>
      signFile(signer, unsigned.path, path, model.name),
    );
    const artifact = { ...unsigned, path, ...(await hashFile(path)) };
    return { artifact, unsigned: unsigned.sha256 };
  });
}

/** The package as data: what its product file says, with the Python and what the component supplies. Throws InputError. */
export function packageModel(
  product: Pick<ComponentPackage, 'file' | 'variables' | 'language'>,
  deployment: PackageSettings,
  tree: PayloadTree | undefined,
  own: Supplied = {},
): Promise<MsiModel> {
  const supplied = { ...own, ...(tree && { python: treeFilesOf(tree) }) };
  return loadProduct(product.file(), product.variables?.(deployment), supplied, product.language);
}

function treeFilesOf({ root, files }: PayloadTree): readonly MsiFile[] {
  return files.map(({ path }) => ({ source: join(root, path), target: path }));
}
