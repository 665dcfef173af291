import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../replace-file.ts';
import { hashFile, jsonOf, listFiles, sha256 } from '../cache/files.ts';

const manifestSchema = z.object({
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number() })),
  packages: z.array(z.object({ name: z.string(), version: z.string() })),
  python: z.string(),
  source: z.string(),
  bytecode: z.string(),
  notes: z.array(z.string()),
});

/** What a payload's folder says about itself, kept beside it. */
export type Manifest = Readonly<z.infer<typeof manifestSchema>>;

/** A Windows Python with the locked packages, ready to be packed: the files below `root`. */
export interface PayloadTree extends Manifest {
  /** Absolute path of the folder that holds `python.exe`. */
  readonly root: string;
  /** SHA-256 over the paths and hashes of all files: equal trees, equal digests. */
  readonly digest: string;
}

/** Hashes the files below `root` in the order of their paths. */
export async function hashTree(root: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  for (const path of await listFiles(root)) files.push({ path, ...(await hashFile(join(root, path))) });
  return files;
}

export function treeDigest(files: Manifest['files']): string {
  return sha256(files.map((file) => `${file.path}\0${file.sha256}\n`).join(''));
}

/**
 * What is wrong with a finished tree, by name: a file that is missing, one that does not belong, one that was changed. Empty: nothing.
 */
export async function findTampering(root: string, expected: Manifest['files']): Promise<readonly string[]> {
  const known = new Map(expected.map((file) => [file.path, file]));
  const present = await listFiles(root);
  const problems = present.filter((path) => !known.has(path)).map((path) => `${path} does not belong there`);
  const there = new Set(present);
  for (const { path, sha256: hash, bytes } of expected) {
    if (!there.has(path)) problems.push(`${path} is missing`);
    else if (
      (await stat(join(root, path))).size !== bytes ||
      (await hashFile(join(root, path))).sha256 !== hash
    )
      problems.push(`${path} was changed`);
  }
  return problems;
}

/** Reads the tree in `folder` (`python/` and `tree.json`); undefined when there is none, or its record is torn. */
export async function readTree(folder: string): Promise<PayloadTree | undefined> {
  const text = await readFile(join(folder, 'tree.json'), 'utf8').catch(() => undefined);
  const manifest = manifestSchema.safeParse(jsonOf(text)).data;
  return manifest && { ...manifest, root: join(folder, 'python'), digest: treeDigest(manifest.files) };
}

/** Writes down what a finished tree consists of. */
export async function writeTree(folder: string, manifest: Manifest): Promise<void> {
  await writeWhole(join(folder, 'tree.json'), `${JSON.stringify(manifest, undefined, 1)}\n`);
}
