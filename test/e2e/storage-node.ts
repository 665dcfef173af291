import { readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from './world.ts';

/** A site of the same world that names one of its nodes as a member of the cluster of the share: what is asked on the server side is asked there. */
export async function siteWithStorageNode(world: World, node: string): Promise<string> {
  const site = join(world.folder, 'with-storage.yaml');
  const access =
    "manage: true, folder: 'C:\\ClusterStorage\\Volume1\\images', access: [EXAMPLE\\glance$, EXAMPLE\\Storage Admins]";
  const text = await readFile(world.site, 'utf8');
  const named = text
    .replace('path: \\\\SOFS1\\images }', () => `path: \\\\SOFS1\\images, ${access} }`)
    .replace(new RegExp(`(${node}: \\{[^}]*) \\}`), '$1, roles: [glance, storage] }');
  if (!named.includes(access) || !named.includes('roles:'))
    throw new Error(`not the site of the demo:\n${text}`);
  await writeFile(site, named);
  return site;
}

/** Names of the files of the share. */
export function filesOfShare(world: World): readonly string[] {
  return readdirSync(folderOfShare(world)).sort();
}

export function folderOfShare({ sandbox }: World): string {
  return join(sandbox, 'shares', 'images');
}
