import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BuildError } from '../errors.ts';
import { hashFile } from './files.ts';
import type { LockInputs } from './inputs.ts';
import { type LockedPackage, parseLock } from './lockfile.ts';
import { isIndexUrl } from './uv.ts';

/**
 * Gives `index` as uv takes it: `default` and URLs as they are, a folder of wheels as an absolute path after every file in it was
 * found in the lock. Throws BuildError that names each file that was changed, is missing or does not belong.
 */
export async function checkWheelFolder(
  index: string,
  directory: string,
  lock: { readonly packages: readonly LockedPackage[]; readonly inputs: LockInputs },
): Promise<string> {
  if (index === 'default' || isIndexUrl(index)) return index;
  const folder = resolve(directory, index);
  const names = await readdir(folder).catch(() => undefined);
  if (!names)
    throw new BuildError(
      `payload.index: there is no folder ${folder}`,
      'name a folder that holds the wheels of the lock',
    );
  const tools = parseLock(lock.inputs.buildLock, 'build.lock.txt');
  const owners = new Map(
    [...tools, ...lock.packages].flatMap((each) => each.hashes.map((hash) => [hash, each.name] as const)),
  );
  const present = new Set<string>();
  const problems: string[] = [];
  for (const name of names.sort()) {
    const { sha256 } = await hashFile(join(folder, name));
    const owner = owners.get(sha256);
    if (owner) present.add(owner);
    else problems.push(`${name} is not in the lock (SHA-256 ${sha256})`);
  }
  for (const { name, version } of lock.packages)
    if (!present.has(name)) problems.push(`${name} ${version} is missing`);
  if (problems.length > 0)
    throw new BuildError(
      `the wheels in ${folder} are not those of the lock; nothing was installed:\n${problems.join('\n')}`,
      'bring the files again from where the bundle was made; a file that was changed or added must not be used',
    );
  return folder;
}
