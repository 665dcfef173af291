import type { MsiArtifact } from '../../../artifact.ts';
import type { RenderedFile } from '../../../render/rendered.ts';
import { saltedDigest } from '../../../resources/file/resource.ts';
import type { Deployment } from '../../../site/deployment.ts';
import { serviceName, windowsPaths } from '../facts/paths.ts';

/** Says what the running service was started with (resources/service/resource.ts); as well kept as the files it stands for. */
export const stampPath = `${windowsPaths.config}\\started-with.txt`;

/** Stamp of a service beside the API: `started-with-oriel-glance-scrubber.txt`. */
export function stampPathOf(service: string): string {
  return service === serviceName ? stampPath : stampPath.replace(/\.txt$/, `-${service}.txt`);
}

/**
 * One line for the package and for each file that the service reads. The digests have a salt of their own that every
 * controller knows, so that another one does not restart the service; who can read the stamp can read the files beside it.
 * Undefined where nobody knows which build of the package is wanted.
 */
export function stampContent(
  { name }: Pick<Deployment, 'name'>,
  { productCode }: Partial<Pick<MsiArtifact, 'productCode'>>,
  files: readonly RenderedFile[],
): string | undefined {
  if (productCode === undefined) return undefined;
  const lines = files.map((file) => `${file.name} ${saltedDigest(file.content, `oriel ${name}`)}`);
  return `${[`package ${productCode}`, ...lines].join('\r\n')}\r\n`;
}
