import { join } from 'node:path';
import { BuildError } from '../../../errors.ts';
import type { RenderedFile } from '../../../render/rendered.ts';
import { type Declaration, idOf } from '../../../resources/model/resource.ts';
import type { Deployment, NodeSettings } from '../../../site/deployment.ts';
import { declareStorage } from '../../storage/shares.ts';
import { declareCertificates } from '../../windows/certificates.ts';
import { declareFeatures } from '../../windows/features.ts';
import { withRestarts } from '../../windows/reboot.ts';
import { packageBaseName, readBuilt } from '../package/product.ts';
import { renderGlance } from '../render/render.ts';
import { settingsOf } from '../site/settings.ts';
import { declareGlance, glanceNodes } from './resources.ts';

export interface Desired {
  readonly declared: readonly Declaration[];
  /** SHA-256 of the packages to install. */
  readonly artifacts: readonly string[];
}

/**
 * All that a deployment wants on its nodes, Windows and storage first, from the MSI that was built for it. Throws BuildError where
 * there is none, InputError for a certificate that is none.
 */
export async function desiredGlance(deployment: Deployment, salt: string): Promise<Desired> {
  const out = join(deployment.directory, 'dist');
  const msi = await readBuilt(deployment, out);
  if (!msi)
    throw new BuildError(
      `${join(out, packageBaseName(deployment))}.msi: the package for ${deployment.release} is not built`,
      `build it: oriel build ${deployment.file} --release ${deployment.release}`,
    );
  const rendered = new Map<string, readonly RenderedFile[]>();
  for (const node of glanceNodes(deployment)) rendered.set(node.name, renderGlance(deployment, node));
  const features = withRestarts(deployment, declareFeatures(deployment));
  const windows = [
    ...features,
    ...(await declareCertificates(deployment, () => [settingsOf(deployment).service.account])),
  ];
  const storage = declareStorage(deployment);
  const files = ({ name }: NodeSettings) => rendered.get(name) ?? [];
  const glance = declareGlance(deployment, { msi, files, salt, after: storage.map(idOf) });
  return { declared: [...windows, ...storage, ...glance], artifacts: [msi.sha256] };
}
