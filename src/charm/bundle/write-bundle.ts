import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../../errors.ts';
import { writeWhole } from '../../replace-file.ts';
import type { Charm } from '../model/charm.ts';

/** What makes a folder a charm. */
const marks = ['metadata.yaml', 'charmcraft.yaml'];
/** A charm tells it from a package by its size. */
const placeholder = 'A placeholder: put the file in its place, or attach it with juju attach-resource.\n';

export interface WrittenFile {
  /** Absolute where the folder is. */
  readonly path: string;
  /** The file was there with these bytes. */
  readonly unchanged: boolean;
}

/** Throws InputError where the folder is a charm: Juju deploys a bundle that lies in one in place of the charm. */
export function assertNoCharm(folder: string): void {
  const mark = marks.find((name) => existsSync(join(folder, name)));
  if (mark === undefined) return;
  throw new InputError([
    {
      message: `${folder} is a charm, as it has ${mark}: Juju would deploy a bundle in it in place of the charm`,
      hint: 'name another folder with --out',
    },
  ]);
}

/** Writes files below a folder, each whole or not at all. Throws FileError. */
export async function writeBundle(
  files: ReadonlyMap<string, string>,
  folder: string,
): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const [name, text] of files) {
    const path = join(folder, name);
    const unchanged = (await readFile(path, 'utf8').catch(() => undefined)) === text;
    if (!unchanged) {
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, text);
    }
    written.push({ path, unchanged });
  }
  return written;
}

export interface BundleResource {
  readonly name: string;
  /** Relative to the bundle, with `./`. */
  readonly path: string;
  readonly isPlaceholder: boolean;
}

/**
 * A file for each resource of a charm: `packaged` where it is below the folder, else one below `resources/`, which is left as it is where
 * somebody put it there. Juju 3 wants one for each, and some controllers refuse empty ones. Throws FileError.
 */
export async function placeResources(
  { component, resources }: Charm,
  folder: string,
  packaged?: string,
): Promise<readonly BundleResource[]> {
  const placed: BundleResource[] = [];
  for (const [name, { filename }] of Object.entries(resources)) {
    const isPackage =
      name === `${component}-msi` && packaged !== undefined && existsSync(join(folder, packaged));
    const path = isPackage ? packaged : `resources/${filename}`;
    const file = join(folder, path);
    const bytes = (await stat(file).catch(() => undefined))?.size ?? 0;
    if (bytes === 0) {
      await mkdir(dirname(file), { recursive: true });
      await writeWhole(file, placeholder);
    }
    const isPlaceholder = bytes === 0 || bytes === Buffer.byteLength(placeholder);
    placed.push({ name, path: `./${path}`, isPlaceholder });
  }
  return placed;
}
