import type { RenderedFile } from '../../../render/rendered.ts';
import type { NodeSettings } from '../../../site/deployment.ts';
import type { ComponentInputs } from '../../model/component.ts';

export type GlancePackage = NonNullable<ComponentInputs['package']>;

export interface GlanceInputs {
  readonly msi: GlancePackage;
  readonly files: (node: NodeSettings) => readonly RenderedFile[];
  /** Key of the digests that plans show (see plan/run/state-folder.ts). */
  readonly salt: string;
  /** Ids of what every service waits for: the shares that hold its images. */
  readonly after?: readonly string[];
}
