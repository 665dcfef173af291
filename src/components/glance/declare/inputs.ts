import type { MsiArtifact } from '../../../artifact.ts';
import type { RenderedFile } from '../../../render/rendered.ts';
import type { NodeSettings } from '../../../site/deployment.ts';

/** A package to install; without a path it is on the nodes already. */
export type GlancePackage = Pick<MsiArtifact, 'version' | 'productCode' | 'upgradeCode' | 'sha256'> &
  Partial<Pick<MsiArtifact, 'path'>>;

export interface GlanceInputs {
  readonly msi: GlancePackage;
  readonly files: (node: NodeSettings) => readonly RenderedFile[];
  /** Key of the digests that plans show (see plan/run/state-folder.ts). */
  readonly salt: string;
  /** Ids of what every service waits for: the shares that hold its images. */
  readonly after?: readonly string[];
}
