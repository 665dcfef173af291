import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Backing, Scenario } from './backing.ts';
import type { SharedFolder } from './node-folder.ts';

/** Members of a cluster see the folder behind its share below C:\ClusterStorage: one and the same on this machine. */
export function linkVolumeFolders(
  backing: Backing,
  { cluster }: Scenario,
  shares: readonly SharedFolder[],
): void {
  for (const { Name, ScopeName, Path } of cluster.shares) {
    const share = shares.find(({ path }) => path.toLowerCase() === `\\\\${ScopeName}\\${Name}`.toLowerCase());
    const link = backing.hostPath(Path);
    if (!share || existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(share.folder, link);
  }
}
