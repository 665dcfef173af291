import { join } from 'node:path';
import type { MsiArtifact } from '../../../artifact.ts';
import { buildMsi } from '../../../msi/build/build.ts';
import { signFile, signPrograms } from '../../../msi/sign/sign.ts';
import type { Signer } from '../../../msi/sign/signer.ts';
import { withScratch } from '../../../payload/cache/cache.ts';
import { hashFile } from '../../../payload/cache/files.ts';
import { withProgress } from '../../../payload/cache/progress.ts';
import type { PayloadInputs, PayloadRequest } from '../../../payload/resolve.ts';
import type { PayloadTree } from '../../../payload/tree/tree.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { launcherBytecode } from './files.ts';
import { glanceProduct, packageBaseName } from './product.ts';

export interface MadePackage {
  readonly artifact: MsiArtifact;
  /** SHA-256 before the package was signed; absent where it was not. */
  readonly unsigned?: string;
}

/** Makes the package of a deployment in the folder `out`, signed where there is a signer. Throws BuildError; `out` has no half of it. */
export async function makePackage(
  deployment: Deployment,
  request: PayloadRequest,
  parts: PayloadInputs,
  {
    tree,
    signer,
    out,
  }: { readonly tree: PayloadTree; readonly signer: Signer | undefined; readonly out: string },
): Promise<MadePackage> {
  const { emit, cache } = request;
  const name = `${packageBaseName(deployment)}.msi`;
  const blocks = join(cache, 'blocks');
  return withScratch(cache, async (scratch) => {
    const plain = await glanceProduct(deployment, tree, await launcherBytecode(parts, scratch, emit));
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
