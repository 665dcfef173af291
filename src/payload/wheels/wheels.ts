import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildError } from '../../errors.ts';
import { hashFile } from '../cache/files.ts';
import type { LockInputs } from '../lock/inputs.ts';
import { type LockedPackage, parseLock } from '../lock/lockfile.ts';

/** What a folder of wheels is held against. */
export interface WheelLock {
  readonly packages: readonly LockedPackage[];
  readonly inputs: Pick<LockInputs, 'buildLock' | 'sdists'>;
}

/** A file of a locked package, or of a tool that builds one. */
export interface OwnedFile {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

/**
 * Compares the files of a folder with a lock: `problems` names each that was changed, is missing or does not belong, `files` the
 * rest. Throws BuildError when there is no such folder.
 */
export async function readWheelFolder(
  folder: string,
  lock: WheelLock,
): Promise<{ readonly problems: readonly string[]; readonly files: readonly OwnedFile[] }> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names)
    throw new BuildError(
      `there is no folder ${folder}`,
      'name a folder that holds the wheels of the lock, or a bundle',
    );
  const required = [...lock.packages, ...requiredTools(lock)];
  const owners = new Map(
    [...required, ...parseTools(lock)].flatMap((each) => each.hashes.map((hash) => [hash, each])),
  );
  const files: OwnedFile[] = [];
  const problems: string[] = [];
  for (const file of names.sort()) {
    const sha256 = (await hashFile(join(folder, file)).catch(() => undefined))?.sha256 ?? 'of no file';
    const owner = owners.get(sha256);
    if (owner) files.push({ name: owner.name, version: owner.version, file, sha256 });
    else problems.push(`${file} is not in the lock (SHA-256 ${sha256})`);
  }
  for (const { name, version } of required)
    if (!files.some((each) => each.name === name && each.version === version))
      problems.push(`${name} ${version} is missing`);
  return { problems, files };
}

/** The tools that build source archives; none are needed where there is none to build. */
export function requiredTools({ inputs }: WheelLock): readonly LockedPackage[] {
  return inputs.sdists.length > 0 ? parseTools({ inputs }) : [];
}

function parseTools({ inputs }: Pick<WheelLock, 'inputs'>): readonly LockedPackage[] {
  return parseLock(inputs.buildLock, 'build.lock.txt');
}

/** Throws BuildError that names every file at fault, when there is one. */
export function refuseProblems(problems: readonly string[], where: string): void {
  if (problems.length > 0)
    throw new BuildError(
      `the files in ${where} are not those of the lock; nothing was installed:\n${problems.join('\n')}`,
      'bring the files again from where the bundle was made; a file that was changed or added must not be used',
    );
}
