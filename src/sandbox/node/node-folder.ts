import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder of this machine that nodes see as `\\SERVER\name`. */
export interface SharedFolder {
  /** `\\SOFS1\images`. */
  readonly path: string;
  readonly folder: string;
}

/** Where a node keeps its drive. `root` is laid out as a Wine prefix (drive_c, dosdevices) with and without Wine. */
export interface NodeFolder {
  readonly root: string;
  readonly isNew: boolean;
  readonly shares: readonly SharedFolder[];
}

/** The folder of a node in a sandbox; `platform` is in its name, since one cannot become the other. */
export async function nodeFolder(
  directory: string,
  node: string,
  platform: 'wine' | 'simulated',
  shares: readonly SharedFolder[],
): Promise<NodeFolder> {
  const root = join(directory, 'nodes', node, platform);
  await mkdir(join(directory, 'nodes', node), { recursive: true });
  for (const { folder } of shares) await mkdir(folder, { recursive: true });
  return { root, isNew: !existsSync(root), shares };
}
